import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settings } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type World } from "@/server/scenarios/world";
import { type CorrectChargeInput, correctCharge, decideCorrection, listAdjustments, listCorrections } from "..";

let database: TestDatabase;
let world: World;
let agent: Context;
let lead: Context;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-10-01");
  agent = world.asStaff("support_agent");
  lead = world.asStaff("support_lead");
});
afterAll(() => database.close());

/** A subscriber charged 650.00 for October, VAT 117.21 inside, with 350.00 left. */
async function charged(feeMinor = 650_00n) {
  const person = await world.subscriber({ tariffId: await world.tariff({ feeMinor }) });
  await world.pay(person.accountId, feeMinor + 350_00n);
  await billAccounts(world.ctx, { accountIds: [person.accountId] });
  const order = (amountMinor: bigint | null, more: Partial<CorrectChargeInput> = {}): CorrectChargeInput => ({
    accountId: person.accountId,
    subscriptionId: person.subscriptionId,
    periodStart: "2026-10-01",
    amountMinor,
    reason: "outage",
    note: "двое суток без связи",
    requestKey: world.ctx.newId(),
    ...more,
  });
  return { ...person, order, balance: () => readBalance(world.ctx, person.accountId) };
}

const october = { from: "2026-10-01", to: "2026-10-31" } as Parameters<typeof listAdjustments>[1];

describe("a correction", () => {
  test("gives money back as a new entry that names its line; the book stays balanced and says why", async () => {
    const { accountId, order, balance, customerId } = await charged();
    expect(await correctCharge(agent, order(100_00n))).toMatchObject({ kind: "done", amountMinor: 100_00n });
    expect(await balance()).toBe(450_00n);
    const legs = await rowsOf(
      world.ctx,
      sql`select debit, credit, amount_minor, kind from transfers where account_id = ${accountId} and kind like 'adjustment%'
          order by number`,
    );
    // 100.00 × 22 ÷ 122 = 18.03
    expect(legs).toEqual([
      { debit: "revenue:internet", credit: "customer", amount_minor: "8197", kind: "adjustment" },
      { debit: "vat:22", credit: "customer", amount_minor: "1803", kind: "adjustment_vat" },
    ]);
    const [made] = await listAdjustments(agent, { ...october, accountId });
    expect(made).toMatchObject({
      reason: "outage",
      note: "двое суток без связи",
      amountMinor: 100_00n,
      vatMinor: 18_03n,
    });
    const own = world.asSubscriber(customerId);
    expect((await listAdjustments(own, { ...october, accountId }))[0]).toMatchObject({ reason: "outage", note: null });
    expect(
      await rowsOf(
        world.ctx,
        sql`select 1 from audit_log where action = 'charge.correct' and account_id = ${accountId}`,
      ),
    ).toHaveLength(1);
    expect(
      await rowsOf(world.ctx, sql`select 1 from events where type = 'charge.corrected' and account_id = ${accountId}`),
    ).toHaveLength(1);
    expect((await proveLedger(world.ctx)).proven).toBe(true);
  });

  test("of the whole line takes what is left of it, VAT too, and after that there is nothing", async () => {
    const { accountId, order, balance } = await charged();
    await correctCharge(agent, order(33_33n));
    await correctCharge(agent, order(null));
    expect(await balance()).toBe(1_000_00n);
    const [sum] = await rowsOf(
      world.ctx,
      sql`select sum(amount_minor)::text as amount, sum(vat_minor)::text as vat from adjustments where account_id = ${accountId}`,
    );
    expect(sum).toEqual({ amount: "65000", vat: "11721" });
    await expect(correctCharge(agent, order(1n))).rejects.toMatchObject({ reason: "correction.nothing_left" });
    const [revenue] = await rowsOf(
      world.ctx,
      sql`select sum(case when credit like 'revenue:%' then amount_minor when debit like 'revenue:%' then -amount_minor else 0 end)::text as net
          from transfers where account_id = ${accountId}`,
    );
    expect(revenue).toEqual({ net: "0" });
  });

  test("of more than is left is refused and nothing is written", async () => {
    const { order, balance } = await charged();
    await correctCharge(agent, order(600_00n));
    await expect(correctCharge(agent, order(50_01n))).rejects.toMatchObject({
      kind: "precondition",
      reason: "correction.exceeds_line",
      details: { leftMinor: "5000" },
    });
    expect(await balance()).toBe(950_00n);
  });

  test("pressed five times at once with one key is one; the same key for another sum is a conflict", async () => {
    const { order, balance } = await charged();
    const one = order(50_00n);
    const answers = await Promise.all(Array.from({ length: 5 }, () => correctCharge(agent, one)));
    expect(new Set(answers.map((answer) => answer.amountMinor))).toEqual(new Set([50_00n]));
    expect(await balance()).toBe(400_00n);
    await expect(correctCharge(agent, { ...one, amountMinor: 60_00n })).rejects.toMatchObject({ kind: "conflict" });
  });

  test("eight at once of one line never take more than the line", async () => {
    const { order, balance } = await charged();
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => correctCharge(agent, order(100_00n))));
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(6);
    expect(await balance()).toBe(950_00n);
  });

  test("of a charge that is not there is refused, of another's account too", async () => {
    const [mine, theirs] = [await charged(), await charged()];
    await expect(correctCharge(agent, mine.order(1n, { periodStart: "2026-09-01" }))).rejects.toMatchObject({
      reason: "charge.not_found",
    });
    await expect(correctCharge(agent, mine.order(1n, { subscriptionId: theirs.subscriptionId }))).rejects.toMatchObject(
      { reason: "charge.not_found" },
    );
    await expect(correctCharge(world.asSubscriber(mine.customerId), mine.order(1n))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("a correction above the limit", () => {
  test("waits for another person, who does it once; the first one cannot", async () => {
    const { accountId, order, balance } = await charged(3_000_00n);
    const one = order(2_000_00n);
    const asked = await correctCharge(lead, one);
    expect(asked).toMatchObject({ kind: "asked" });
    expect(await correctCharge(lead, one)).toEqual(asked);
    await expect(correctCharge(lead, order(1_500_00n))).rejects.toMatchObject({ reason: "approval.already_waiting" });
    expect(await balance()).toBe(350_00n);
    const approvalId = asked.kind === "asked" ? asked.approvalId : "";
    expect(await listCorrections(lead, accountId)).toMatchObject([{ approvalId, amountMinor: 2_000_00n, isOwn: true }]);
    const decide = (ctx: Context, approve = true) => decideCorrection(ctx, { accountId, approvalId, approve });
    await expect(decide(agent)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(decide(lead)).rejects.toMatchObject({ reason: "approval.same_person" });
    const boss = world.asStaff("billing_operator");
    await decide(boss);
    expect(await balance()).toBe(2_350_00n);
    await expect(decide(boss)).rejects.toMatchObject({ reason: "approval.decided" });
    expect(await listCorrections(lead, accountId)).toEqual([]);
  });

  test("is not passed by presses: what people gave back of the line before counts with this one", async () => {
    const { order, balance } = await charged(4_300_00n);
    expect(await correctCharge(agent, order(600_00n))).toMatchObject({ kind: "done" });
    expect(await correctCharge(agent, order(400_00n))).toMatchObject({ kind: "done" });
    const third = order(1n);
    expect(await correctCharge(world.asStaff("support_agent"), third)).toMatchObject({ kind: "asked" });
    expect(await correctCharge(lead, order(1n)).catch((error) => error)).toMatchObject({
      reason: "approval.already_waiting",
    });
    expect(await balance()).toBe(1_350_00n);
  });

  test("is not passed by four presses of the whole limit at once", async () => {
    const { order, balance } = await charged(4_300_00n);
    const tries = await Promise.allSettled(Array.from({ length: 4 }, () => correctCharge(agent, order(1_000_00n))));
    const kinds = tries.map((one) => (one.status === "fulfilled" ? one.value.kind : one.reason.reason));
    expect(kinds.toSorted()).toEqual(["approval.already_waiting", "approval.already_waiting", "asked", "done"]);
    expect(await balance()).toBe(1_350_00n);
  });

  test("holds while a correction of the line waits, and is free of what charging gave back", async () => {
    const { accountId, order } = await charged(4_300_00n);
    await database.sql`
      insert into adjustments (account_id, id, subscription_id, term, period_start, kind, booked_on, amount_minor, vat_percent,
                               vat_minor, reason)
      values (${accountId}, ${world.ctx.newId()}, ${order(1n).subscriptionId}, 0, '2026-10-01', 'recurring', '2026-10-01',
              90000, 22, 16230, 'unused_days')`;
    expect(await correctCharge(agent, order(200_00n))).toMatchObject({ kind: "done" });
    expect(await correctCharge(agent, order(900_00n))).toMatchObject({ kind: "asked" });
    await expect(correctCharge(agent, order(100_00n))).rejects.toMatchObject({ reason: "approval.already_waiting" });
  });

  test("is refused in the end when the line has no room for it any more", async () => {
    const { accountId, order, balance } = await charged(3_000_00n);
    const asked = await correctCharge(lead, order(2_500_00n));
    // What is not a person's own decision is not bound by the limit of one person.
    await correctCharge(world.ctx, order(900_00n));
    const approvalId = asked.kind === "asked" ? asked.approvalId : "";
    const boss = world.asStaff("billing_operator");
    await expect(decideCorrection(boss, { accountId, approvalId, approve: true })).rejects.toMatchObject({
      reason: "correction.exceeds_line",
    });
    await decideCorrection(lead, { accountId, approvalId, approve: false });
    expect(await balance()).toBe(1_250_00n);
  });

  test("begins where the operator's setting says", async () => {
    await database.db.insert(settings).values({ key: "billing.correction_limit_minor", value: 50_00 });
    const { order } = await charged();
    expect(await correctCharge(agent, order(50_00n))).toMatchObject({ kind: "done" });
    expect(await correctCharge(agent, order(50_01n))).toMatchObject({ kind: "asked" });
  });
});
