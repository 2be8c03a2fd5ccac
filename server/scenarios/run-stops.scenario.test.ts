import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { issueInvoices } from "@/server/domain/invoices";
import { proveLedger } from "@/server/domain/ledger";
import {
  billAccounts,
  cancelRun,
  closeRun,
  listRunAccounts,
  listRuns,
  pauseRun,
  readRun,
  resumeRun,
  workParked,
} from "@/server/domain/runs";
import { endSubscription } from "@/server/domain/subscriptions";
import { rowsOf } from "@/server/platform/rows";
import { FEE, linesOf, moneyRows, office, subscriber } from "./run-office";

/** Makes every charge of a subscriber fail for a reason that nobody foresaw, until mended. */
async function breakCharging(owner: { unsafe(text: string): Promise<unknown> }, accountId: string) {
  await owner.unsafe(`
    create function refuse_charge() returns trigger language plpgsql as $$
    begin if new.account_id = '${accountId}' then raise exception 'not this one'; end if; return new; end $$;
    create trigger refuse_charge before insert on charges for each row execute function refuse_charge()`);
  return () => owner.unsafe("drop function refuse_charge cascade");
}

describe("stopping a run", () => {
  test("paused, it charges nobody else until it is resumed; cancelled, it says what stays charged", async () => {
    const { world, author, work, started } = await office();
    const people = [];
    for (let index = 0; index < 5; index += 1) people.push(await subscriber(world, 1_000_00n));
    const runId = await started("2026-10", 1);
    expect(await work("charge_run", runId, 2)).toBe(2);
    await pauseRun(author, { runId });
    expect(await work("charge_run", runId)).toBe(0);
    expect(await readRun(author, { runId })).toMatchObject({
      state: "paused",
      charging: { totals: { charged: 2 }, progress: { accounts: 5, doneAccounts: 2 } },
    });
    await expect(closeRun(author, { runId })).rejects.toThrow("run.wrong_state");
    await resumeRun(author, { runId });
    expect(await work("charge_run", runId, 1)).toBe(1);
    expect(await cancelRun(author, { runId })).toEqual({
      chargedAccounts: 3,
      chargedMinor: 3n * FEE,
      creditedMinor: 0n,
    });
    expect(await work("charge_run", runId)).toBe(0);
    await expect(resumeRun(author, { runId })).rejects.toThrow("run.wrong_state");
    const lines = await Promise.all(people.map((one) => linesOf(world.ctx, one)));
    expect(lines.flat()).toHaveLength(3);
  });

  test("a pause waits for the chunk that is being charged", async () => {
    const { database, world, author, work, started } = await office();
    const held = await subscriber(world, 1_000_00n);
    await subscriber(world, 1_000_00n);
    const runId = await started("2026-10", 1);
    // A clerk's payment holds the account's money, so its chunk hangs.
    let release = () => {};
    const holding = new Promise<void>((resolve) => {
      release = resolve;
    });
    let clerk: Promise<unknown> = Promise.resolve();
    await new Promise<void>((locked) => {
      clerk = database.ownerSql.begin(async (tx) => {
        await tx`select 1 from account_balances where account_id = ${held.accountId} for update`;
        locked();
        await holding;
      });
    });
    const hanging = work("charge_run", runId);
    const isTaken = async () =>
      (
        await rowsOf<{ taken: boolean }>(
          world.ctx,
          sql`select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()) as taken`,
        )
      )[0]?.taken;
    await expect.poll(isTaken).toBe(true);
    let paused = false;
    const pausing = pauseRun(author, { runId }).then(() => {
      paused = true;
    });
    await expect.poll(async () => (await readRun(author, { runId })).state).toBe("paused");
    expect(paused).toBe(false);
    release();
    await Promise.all([clerk, pausing]);
    expect(await hanging).toBe(1);
    expect((await readRun(author, { runId })).charging?.totals.charged).toBe(1);
  });
});

describe("accounts that cannot be charged", () => {
  test("are parked alone, worked off one by one as part of the run, and counted where they then belong", async () => {
    const { database, world, author, work, started, octoberEnds } = await office();
    const [one, broken, other] = [
      await subscriber(world, 1_000_00n),
      await subscriber(world, 1_000_00n),
      await subscriber(world, 1_000_00n),
    ];
    const unpriced = await subscriber(world, 1_000_00n, { price: { newFrom: "2027-01-01" } });
    const mend = await breakCharging(database.ownerSql, broken.accountId);
    const runId = await started("2026-10", 10);
    await work("charge_run", runId);
    expect((await readRun(author, { runId })).charging?.totals).toMatchObject({
      charged: 2,
      parked: 2,
      chargedMinor: 2n * FEE,
    });
    const parked = await listRunAccounts(author, { runId, finding: "parked" });
    expect(parked.accounts.map(({ accountId, reason }) => [accountId, reason])).toEqual([
      [broken.accountId, "charge.failed"],
      [unpriced.accountId, "tariff.no_price"],
    ]);
    expect(await workParked(author, { runId, accountId: unpriced.accountId })).toMatchObject({
      outcome: "parked",
      reason: "tariff.no_price",
    });
    await mend();
    expect(await workParked(author, { runId, accountId: broken.accountId })).toMatchObject({
      outcome: "charged",
      chargedMinor: FEE,
    });
    await expect(workParked(author, { runId, accountId: broken.accountId })).rejects.toThrow("run.not_parked");
    await expect(workParked(author, { runId, accountId: one.accountId })).rejects.toThrow("run.not_parked");
    await octoberEnds();
    expect(await closeRun(author, { runId })).toMatchObject({
      accounts: 4,
      charged: 3,
      parked: 1,
      chargedMinor: 3n * FEE,
      transfersMinor: 3n * FEE,
    });
    expect(await linesOf(world.ctx, other)).toHaveLength(1);
    await expect(workParked(author, { runId, accountId: unpriced.accountId })).rejects.toThrow("run.closed");
  });

  test("when it is not the accounts, the run fails with the reason, has written nothing, and goes on once it is mended", async () => {
    const { database, world, author, work, started, octoberEnds } = await office();
    const tariffId = await world.tariff({ feeMinor: FEE });
    for (let index = 0; index < 25; index += 1) {
      const { accountId } = await world.subscriber({ tariffId });
      await world.pay(accountId, 1_000_00n);
    }
    const runId = await started("2026-10", 25);
    await database.ownerSql.unsafe(`
      create function refuse_all() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger refuse_all before insert on charges for each row execute function refuse_all()`);
    const before = await moneyRows(world.ctx);
    expect(await work("charge_run", runId)).toBe(0);
    expect(await readRun(author, { runId })).toMatchObject({ state: "failed", failure: "charge.failed" });
    expect(await moneyRows(world.ctx)).toEqual(before);
    await database.ownerSql.unsafe("drop function refuse_all cascade");
    await resumeRun(author, { runId });
    await work("charge_run", runId);
    await octoberEnds();
    expect(await closeRun(author, { runId })).toMatchObject({ charged: 25, parked: 0 });
  });
});

describe("closing", () => {
  test("is refused while an account is left out or the book says something else than the run", async () => {
    const { database, world, author, charged, octoberEnds } = await office();
    await subscriber(world, 1_000_00n);
    const { accountId } = await subscriber(world, 1_000_00n);
    const runId = await charged("2026-10");
    await octoberEnds();
    await database.ownerSql`update billing_run_chunks set skipped = skipped + 1 where run_id = ${runId}`;
    await expect(closeRun(author, { runId })).rejects.toThrow("run.accounts_left_out");
    await database.ownerSql`update billing_run_chunks set skipped = skipped - 1 where run_id = ${runId}`;
    await database.ownerSql`
      update transfers set amount_minor = amount_minor + 1 where account_id = ${accountId} and kind = 'charge'`;
    await expect(closeRun(author, { runId })).rejects.toThrow("run.books_differ");
    await database.ownerSql`
      update transfers set amount_minor = amount_minor - 1 where account_id = ${accountId} and kind = 'charge'`;
    await closeRun(author, { runId });
  });

  test("is refused while the month's documents are not what the book charged in it, and goes through when they are", async () => {
    const { world, author, charged, octoberEnds } = await office();
    const [anna, boris] = [await subscriber(world, 1_000_00n), await subscriber(world, 1_000_00n)];
    const runId = await charged("2026-10");
    world.travelTo("2026-11-01");
    await issueInvoices(world.ctx, { month: "2026-10", accountIds: [anna.accountId] });
    const refused = await closeRun(author, { runId }).catch((error) => error);
    expect(refused).toMatchObject({
      reason: "run.documents_differ",
      details: { accounts: 1, documentsMinor: `${FEE}`, bookedMinor: `${2n * FEE}` },
    });
    await octoberEnds();
    expect(await closeRun(author, { runId })).toMatchObject({ documentsMinor: 2n * FEE, transfersMinor: 2n * FEE });
    expect((await linesOf(world.ctx, boris)).length).toBe(1);
  });

  test("of a month that was over: the run has made the documents, those of who was parked when they are worked off", async () => {
    const { database, world, author, work, started } = await office();
    const [well, broken] = [await subscriber(world, 1_000_00n), await subscriber(world, 1_000_00n)];
    const gone = await subscriber(world, 1_000_00n);
    await billAccounts(world.ctx, { accountIds: [gone.accountId] });
    world.travelTo("2026-10-20");
    await database.ownerSql`update accounts set closed_on = '2026-10-20' where id = ${gone.accountId}`;
    const mend = await breakCharging(database.ownerSql, broken.accountId);
    world.travelTo("2026-11-05");
    const runId = await started("2026-10", 10);
    await work("charge_run", runId);
    const documented = async () =>
      (await rowsOf<{ account_id: string }>(world.ctx, sql`select account_id from invoices order by account_id`)).map(
        (row) => row.account_id,
      );
    expect(await documented()).toEqual([well.accountId, gone.accountId]);
    await mend();
    await workParked(author, { runId, accountId: broken.accountId });
    expect(await documented()).toEqual([well.accountId, broken.accountId, gone.accountId]);
    expect(await closeRun(author, { runId })).toMatchObject({ charged: 2, skipped: 1, documentsMinor: 3n * FEE });
  });

  test("of a month that no documents are made for asks for none", async () => {
    const { database, world, author, work, started } = await office();
    await subscriber(world, 1_000_00n);
    await database.ownerSql`insert into settings (key, value) values ('invoices.from', '"2026-11"')`;
    world.travelTo("2026-11-05");
    const runId = await started("2026-10", 10);
    await work("charge_run", runId);
    expect(await closeRun(author, { runId })).toMatchObject({ transfersMinor: FEE, documentsMinor: null });
    expect(await rowsOf(world.ctx, sql`select 1 from invoices`)).toEqual([]);
  });

  test("counts what is given back, and whoever came after the start is none of it", async () => {
    const { world, author, work, started, octoberEnds } = await office();
    const anna = await subscriber(world, 1_000_00n);
    await billAccounts(world.ctx, { accountIds: [anna.accountId] });
    world.travelTo("2026-10-16");
    await endSubscription(world.ctx, {
      accountId: anna.accountId,
      subscriptionId: anna.subscriptionId,
      endedOn: "2026-10-16",
      reason: "left",
    });
    const runId = await started("2026-10");
    const late = await subscriber(world, 1_000_00n);
    await work("charge_run", runId);
    await octoberEnds();
    // 600.00 × 16 of 31 days not used = 309.68 is given back.
    expect(await closeRun(author, { runId })).toMatchObject({
      accounts: 1,
      creditedMinor: 309_68n,
      chargedMinor: 0n,
      transfersMinor: -309_68n,
    });
    expect((await listRuns(author)).runs).toMatchObject([{ id: runId, chargedMinor: 0n, creditedMinor: 309_68n }]);
    expect(await linesOf(world.ctx, late)).toEqual([]);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });
});
