import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { openDatabase } from "@/db";
import { approvePrice, proposePrice } from "@/server/domain/catalog";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { recordPayments } from "@/server/domain/payments";
import {
  approveRun,
  billAccounts,
  cancelRun,
  closeRun,
  listRunAccounts,
  listRuns,
  openRun,
  pauseRun,
  previewRun,
  readRun,
  startRun,
} from "@/server/domain/runs";
import { endSubscription, placeBlock } from "@/server/domain/subscriptions";
import { workRunChunk } from "@/server/jobs/work-run";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { FEE, linesOf, moneyRows, office, subscriber } from "./run-office";
import type { Subscriber } from "./world";

describe("a month's run", () => {
  test("shows before the write what it then writes, and accounts for everyone", async () => {
    const { world, author, second, work, previewed, octoberEnds } = await office();
    const payer = await subscriber(world, 1_000_00n);
    const debtor = await subscriber(world, 100_00n);
    const away = await subscriber(world, 1_000_00n);
    await placeBlock(world.ctx, { accountId: away.accountId, reason: "voluntary" });
    const gone = await subscriber(world, 1_000_00n);
    world.travelTo("2026-10-02");
    await endSubscription(world.ctx, {
      accountId: gone.accountId,
      subscriptionId: gone.subscriptionId,
      endedOn: "2026-10-02",
      reason: "left",
    });
    world.travelTo("2026-10-25");
    const before = await moneyRows(world.ctx);
    const runId = await previewed("2026-10");
    expect(await moneyRows(world.ctx)).toEqual(before);
    const seen = await readRun(author, { runId });
    expect(seen).toMatchObject({ state: "previewed", asOf: "2026-10-25", kind: "main" });
    expect(seen.preview).toMatchObject({
      totals: {
        charged: 1,
        refused: 1,
        skipped: 2,
        parked: 0,
        lines: 1,
        chargedMinor: FEE,
        monthMinor: FEE,
        lastMinor: 0n,
      },
      progress: { accounts: 4, doneAccounts: 4 },
      skippedFor: { stopped: 1, no_subscription: 1 },
    });
    expect(seen.changes).toMatchObject([{ accountId: payer.accountId, monthMinor: FEE, lastMinor: 0n }]);

    await approveRun(second, { runId });
    expect(await startRun(author, { runId })).toEqual({ accounts: 4 });
    expect(await work("charge_run", runId)).toBe(2);
    const done = await readRun(author, { runId });
    const { monthMinor, lastMinor, ...promised } = seen.preview?.totals ?? ({} as never);
    expect(done.state).toBe("finished");
    expect(done.charging?.totals).toMatchObject(promised);
    await expect(closeRun(author, { runId })).rejects.toThrow("run.month_not_over");
    await octoberEnds();
    expect(await closeRun(author, { runId })).toEqual({
      accounts: 4,
      charged: 1,
      refused: 1,
      skipped: 2,
      parked: 0,
      chargedMinor: FEE,
      creditedMinor: 0n,
      transfersMinor: FEE,
      documentsMinor: FEE,
    });
    expect(await readBalance(world.ctx, payer.accountId)).toBe(1_000_00n - FEE);
    expect(await readBalance(world.ctx, debtor.accountId)).toBe(100_00n);
    const refused = await listRunAccounts(author, { runId, finding: "refused" });
    expect(refused.accounts).toMatchObject([{ accountId: debtor.accountId, reason: "no_money", amountMinor: FEE }]);
    const skipped = await listRunAccounts(author, { runId, finding: "skipped", limit: 1 });
    expect(skipped.next).not.toBeNull();
    await expect(pauseRun(author, { runId })).rejects.toThrow("run.closed");
  });

  test("needs another person than its author before it may start, and a preview before that", async () => {
    const { world, author, second, work } = await office();
    await subscriber(world, 1_000_00n);
    const { runId } = await openRun(author, { period: "2026-10" });
    await expect(approveRun(second, { runId })).rejects.toThrow("run.wrong_state");
    await expect(startRun(author, { runId })).rejects.toThrow("run.wrong_state");
    await previewRun(author, { runId });
    await work("preview_run", runId);
    await expect(approveRun(author, { runId })).rejects.toThrow("run.own_approval");
    await expect(approveRun(world.asStaff("manager"), { runId })).rejects.toThrow("access.forbidden");
    await approveRun(second, { runId });
    // Another look makes the approval of the first one worthless.
    await previewRun(author, { runId });
    await work("preview_run", runId);
    await expect(startRun(author, { runId })).rejects.toThrow("run.wrong_state");
  });

  test("exists once while it is not cancelled, and not for a month to come or nobody's month", async () => {
    const { world, author } = await office();
    await expect(openRun(author, { period: "2026-10" })).rejects.toThrow("run.nobody");
    await subscriber(world, 1_000_00n);
    await expect(openRun(author, { period: "2026-11" })).rejects.toThrow("run.month_not_begun");
    for (const period of ["2026-13", "2026-1", "10.2026", "2026-10-01", ""]) {
      await expect(openRun(author, { period })).rejects.toThrow("run.period_malformed");
    }
    const opened = await Promise.allSettled(Array.from({ length: 5 }, () => openRun(author, { period: "2026-10" })));
    expect(opened.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const { runs } = await listRuns(author);
    expect(runs).toHaveLength(1);
    await cancelRun(author, { runId: runs[0]?.id ?? "" });
    await openRun(author, { period: "2026-10" });
  });

  test("of a month that is over charges it as it was, books inside it, and leaves blocks to the present", async () => {
    const { world, author, charged } = await office();
    const ahead = await subscriber(world, 5_000_00n);
    const afterwards = await subscriber(world, 5_000_00n, { price: { chargeMethod: "arrears" } });
    const daily = await subscriber(world, 5_000_00n, { price: { chargeMethod: "daily" } });
    const poor = await subscriber(world, 0n);
    world.travelTo("2026-11-20");
    const runId = await charged("2026-10");
    expect(await linesOf(world.ctx, ahead)).toEqual([{ from: "2026-10-01", amountMinor: FEE, bookedOn: "2026-10-31" }]);
    expect(await linesOf(world.ctx, afterwards)).toEqual([
      { from: "2026-10-01", amountMinor: FEE, bookedOn: "2026-10-31" },
    ]);
    const days = await linesOf(world.ctx, daily);
    expect(days).toHaveLength(31);
    expect(days.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(FEE);
    expect((await readRun(author, { runId })).charging?.totals).toMatchObject({ charged: 3, refused: 1 });
    expect(await rowsOf(world.ctx, sql`select 1 from blocks where account_id = ${poor.accountId}`)).toEqual([]);
    // Its documents are made by the run itself, in the transaction that charges.
    expect(await closeRun(author, { runId })).toMatchObject({ transfersMinor: 3n * FEE, documentsMinor: 3n * FEE });
    // November is the daily charge's, and finds October done.
    await billAccounts(world.ctx, { accountIds: [ahead.accountId, afterwards.accountId] });
    expect((await linesOf(world.ctx, ahead)).map((line) => line.from).sort()).toEqual(["2026-10-01", "2026-11-01"]);
    expect(await linesOf(world.ctx, afterwards)).toHaveLength(1);
  });

  test("of a month whose book is closed is not opened, and one that is closed meanwhile stops with nothing written", async () => {
    const { database, world, author, work, started } = await office();
    await subscriber(world, 1_000_00n);
    const close = () => database.ownerSql`
      insert into accounting_periods (legal_entity_id, month, closed_at, closed_by)
      select id, '2026-10-01', now(), 'job:test' from legal_entities`;
    world.travelTo("2026-11-10");
    const runId = await started("2026-10");
    await close();
    const before = await moneyRows(world.ctx);
    expect(await work("charge_run", runId)).toBe(0);
    expect(await readRun(author, { runId })).toMatchObject({ state: "failed", failure: "period.closed" });
    expect(await moneyRows(world.ctx)).toEqual(before);
    await cancelRun(author, { runId });
    await expect(openRun(author, { period: "2026-10" })).rejects.toThrow("period.closed");
  });

  test("run again adds nothing", async () => {
    const { world, author, charged, octoberEnds } = await office();
    for (const price of [{}, { chargeMethod: "daily" }, { chargeMethod: "anniversary" }] as const) {
      await subscriber(world, 2_000_00n, { price });
    }
    world.travelTo("2026-10-20");
    await charged("2026-10");
    const before = await moneyRows(world.ctx);
    const again = await charged("2026-10");
    expect(await moneyRows(world.ctx)).toEqual(before);
    expect(await readRun(author, { runId: again })).toMatchObject({
      kind: "repeat",
      charging: { totals: { charged: 0, skipped: 3 }, skippedFor: { already_charged: 3 } },
    });
    await octoberEnds();
    expect(await closeRun(author, { runId: again })).toMatchObject({ chargedMinor: 0n, transfersMinor: 0n });
  });
});

test("a preview names what differs from the month before", async () => {
  const { world, author, previewed } = await office();
  const same = await subscriber(world, 5_000_00n);
  const dearer = await subscriber(world, 5_000_00n);
  const free = await subscriber(world, 0n, { feeMinor: 0n });
  const cheaper = await subscriber(world, 5_000_00n);
  await billAccounts(world.ctx, {
    accountIds: [same, dearer, free, cheaper].map((one) => one.accountId),
  });
  world.travelTo("2026-11-01");
  for (const [{ accountId, subscriptionId }, feeMinor] of [
    [dearer, 900_00n],
    [cheaper, 100_00n],
  ] as const) {
    await rowsOf(
      world.ctx,
      sql`insert into personal_prices (account_id, subscription_id, valid_from, fee_minor)
          values (${accountId}, ${subscriptionId}, '2026-11-01', ${feeMinor.toString()}::bigint)`,
    );
  }
  const runId = await previewed("2026-11");
  const anomalies = await listRunAccounts(author, { runId, finding: "anomaly" });
  expect(anomalies.accounts.map((one) => [one.accountId, one.reason, one.amountMinor, one.lastMinor])).toEqual([
    [dearer.accountId, "up", 900_00n, FEE],
    [free.accountId, "zero", 0n, 0n],
    [cheaper.accountId, "down", 100_00n, FEE],
  ]);
  const { changes } = await readRun(author, { runId });
  expect(changes.map((change) => change.accountId)).toEqual([cheaper.accountId, dearer.accountId]);
});

test("two price versions, a block and payments racing a run: nothing of them is lost, nothing is charged twice or at half a price", async () => {
  const { database, world, author, second, started, octoberEnds } = await office();
  const tariffIds = [await world.tariff({ feeMinor: FEE }), await world.tariff({ feeMinor: FEE })];
  const people: Subscriber[] = [];
  for (let index = 0; index < 60; index += 1) {
    const made = await world.subscriber({ tariffId: tariffIds[index % 2] });
    // Every third comes with too little, and the money that is missing comes while the run is under way.
    await world.pay(made.accountId, index % 3 === 0 ? 50_00n : 2_000_00n);
    people.push(made);
  }
  const late = people.filter((_, index) => index % 3 === 0);
  const blocked = people.slice(40, 50);
  const today = world.today();
  const proposer = world.asStaff("product_manager");
  const waiting = await Promise.all(
    tariffIds.map((tariffId, index) =>
      proposePrice(proposer, {
        tariffId,
        newFrom: today,
        existingFrom: today,
        feeMinor: FEE + BigInt(index + 1) * 100_00n,
      }),
    ),
  );
  const runId = await started("2026-10", 4);
  const pool = openDatabase(database.appUrl, { max: 12, name: "uzel racing" });
  const racing: Context = { ...world.ctx, db: pool.db };
  const publisher: Context = { ...world.asStaff("product_manager"), db: pool.db };
  const lane = async () => {
    while (await workRunChunk(racing, "charge_run", runId));
  };
  await Promise.all([
    lane(),
    lane(),
    lane(),
    ...waiting.map(({ proposalId }) => approvePrice(publisher, { proposalId })),
    ...blocked.map(({ accountId }) => placeBlock(racing, { accountId, reason: "administrative" })),
    ...late.map((one) =>
      recordPayments(racing, [
        {
          accountId: one.accountId,
          provider: "office",
          externalId: `late-${one.accountId}`,
          amountMinor: 1_950_00n,
          paidAt: racing.now(),
          bookedOn: world.today(),
        },
      ]),
    ),
  ]);
  await pool.close();

  const charged = await rowsOf<{ account_id: string; fee_minor: string; amount_minor: string; published: string }>(
    world.ctx,
    sql`
    select c.account_id, c.fee_minor, c.amount_minor, p.fee_minor as published
    from charges c join tariff_prices p on p.tariff_id = c.tariff_id and p.version = c.price_version`,
  );
  expect(new Set(charged.map((row) => row.account_id)).size).toBe(charged.length);
  for (const row of charged) expect([row.fee_minor, row.amount_minor]).toEqual([row.published, row.published]);
  const feeOf = new Map(charged.map((row) => [row.account_id, BigInt(row.amount_minor)]));
  for (const { accountId } of people) {
    expect(await readBalance(world.ctx, accountId)).toBe(2_000_00n - (feeOf.get(accountId) ?? 0n));
  }
  const [kept] = await rowsOf(
    world.ctx,
    sql`
    select (select count(*)::int from tariff_prices) as versions,
           (select count(*)::int from blocks where reason = 'administrative' and until_at is null) as blocks,
           (select count(*)::int from payments where state = 'posted') as payments`,
  );
  expect(kept).toEqual({ versions: 4, blocks: 10, payments: 80 });
  // Whoever the run could not charge is charged by the day, each once: the money is there now.
  await billAccounts(world.ctx, { accountIds: people.map((one) => one.accountId) });
  const after = await Promise.all(people.map((one) => linesOf(world.ctx, one)));
  const isBlocked = (one: Subscriber) => blocked.includes(one);
  for (const [index, lines] of after.entries()) {
    const one = people[index] as Subscriber;
    if (isBlocked(one)) expect(lines.length).toBeLessThanOrEqual(1);
    else expect(lines).toHaveLength(1);
  }
  await octoberEnds();
  expect(await closeRun(second, { runId })).toMatchObject({ accounts: 60, parked: 0 });
  expect((await readRun(author, { runId })).closedAt).not.toBeNull();
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
});
