import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MIGRATIONS_DIR } from "@/db/migrate";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { correctCharge, listAdjustments } from "@/server/domain/invoices";
import { lockBalances, proveLedger, readBalance } from "@/server/domain/ledger";
import { listCharges } from "@/server/domain/runs";
import type { Day } from "@/server/kernel/day";
import { withTransaction } from "@/server/platform/transaction";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { cancelFees, chargeFee, type FeeKind, type FeeSubject } from "..";

let database: TestDatabase;
let world: World;
let anna: Subscriber;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-12-01");
});
afterAll(() => database.close());
beforeEach(async () => {
  world.travelTo("2026-12-01");
  anna = await world.subscriber({});
  await world.pay(anna.accountId, 1_000_00n);
});

/** Asks for a fee as a verb would; answers what it is for. */
async function charge(kind: FeeKind, feeMinor: bigint, subjectId = world.ctx.newId(), who = anna): Promise<FeeSubject> {
  const { accountId } = who;
  await withTransaction(world.ctx, async (tx) => {
    await lockBalances(tx, [accountId]);
    await chargeFee(tx, { accountId, subjectId, kind, feeMinor });
  });
  return { accountId, subjectId };
}

async function giveBack(...subjects: FeeSubject[]): Promise<void> {
  await withTransaction(world.ctx, async (tx) => {
    await lockBalances(tx, [...new Set(subjects.map((one) => one.accountId))]);
    await cancelFees(tx, subjects, world.today());
  });
}

const all = { from: "2026-01-01" as Day, to: "2027-12-31" as Day };
const lines = (accountId = anna.accountId) => listCharges(world.ctx, { accountId, ...all });
const returned = (accountId = anna.accountId) => listAdjustments(world.ctx, { accountId, ...all });
const balance = (accountId = anna.accountId) => readBalance(world.ctx, accountId);
const legs = () =>
  database.sql`select kind, debit, credit, amount_minor::int as amount, booked_on, period_start, subject_id from transfers
               where account_id = ${anna.accountId} and kind <> 'payment' order by number`;

describe("a fee", () => {
  test("is a line of charges for its day, by a name of its own, with its VAT and its transfers", async () => {
    const { subjectId } = await charge("promised_fee", 10_00n);
    expect(await lines()).toEqual([
      {
        ...{ subscriptionId: subjectId, term: 0, kind: "promised_fee", tariffId: null, priceVersion: null },
        ...{ nameRu: "Плата за обещанный платёж", nameEn: "Fee for a promised payment" },
        ...{ periodStart: "2026-12-01", periodEnd: "2026-12-02", chargedFrom: "2026-12-01", chargedTo: "2026-12-02" },
        ...{ chargedDays: 1, periodDays: 1, bookedOn: "2026-12-01", dueOn: null, detail: null },
        ...{ feeMinor: 10_00n, discountMinor: 0n, amountMinor: 10_00n, creditedMinor: 0n },
        ...{ vatPercent: 22, vatMinor: 1_80n }, // 10.00 × 22 / 122 = 1.803
      },
    ]);
    const shared = { debit: "customer", booked_on: "2026-12-01", period_start: "2026-12-01", subject_id: subjectId };
    expect(await legs()).toEqual([
      { ...shared, kind: "charge", credit: "revenue:promised", amount: 8_20 },
      { ...shared, kind: "charge_vat", credit: "vat:22", amount: 1_80 },
    ]);
    expect(await balance()).toBe(990_00n);
  });

  test("asked for twice is one, and of nothing is none", async () => {
    const { subjectId } = await charge("suspension_fee", 61_00n);
    await charge("suspension_fee", 61_00n, subjectId);
    await charge("change_fee", 0n);
    expect(await lines()).toHaveLength(1);
    expect(await balance()).toBe(939_00n);
  });

  test("comes back as a correction of its line, once; one that was never charged changes nothing", async () => {
    const fee = await charge("change_fee", 50_00n);
    world.travelTo("2026-12-05");
    await giveBack(fee, { ...fee, subjectId: world.ctx.newId() });
    await giveBack(fee);
    expect(await returned()).toMatchObject([
      {
        ...{ subscriptionId: fee.subjectId, term: 0, kind: "change_fee", periodStart: "2026-12-01" },
        ...{ bookedOn: "2026-12-05", amountMinor: 50_00n, vatMinor: 9_02n, reason: "fee_returned" },
        ...{ nameRu: "Плата за смену тарифа" },
      },
    ]);
    expect((await legs()).slice(2)).toMatchObject([
      { kind: "adjustment", debit: "revenue:tariff-change", credit: "customer", amount: 40_98 },
      { kind: "adjustment_vat", debit: "vat:22", credit: "customer", amount: 9_02 },
    ]);
    expect(await lines()).toMatchObject([{ amountMinor: 50_00n, creditedMinor: 50_00n }]);
    expect(await balance()).toBe(1_000_00n);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });

  test("that a person gave back in part comes back for the rest alone, and no person gives back more than it", async () => {
    const fee = await charge("suspension_fee", 61_00n);
    const agent = world.asStaff("support_agent");
    const order = (amountMinor: bigint | null) => ({
      ...{ accountId: anna.accountId, subscriptionId: fee.subjectId, periodStart: "2026-12-01" },
      ...{ kind: "suspension_fee", amountMinor, reason: "goodwill" as const, note: "по просьбе абонента" },
      requestKey: world.ctx.newId(),
    });
    await expect(correctCharge(agent, order(61_01n))).rejects.toMatchObject({ reason: "correction.exceeds_line" });
    expect(await correctCharge(agent, order(20_00n))).toMatchObject({ kind: "done", amountMinor: 20_00n });
    expect((await legs()).slice(2)).toMatchObject([
      { debit: "revenue:suspension", amount: 16_39 }, // 20.00 × 22 / 122 = 3.61
      { debit: "vat:22", amount: 3_61 },
    ]);
    await giveBack(fee);
    expect((await returned()).map((one) => [one.reason, one.amountMinor, one.vatMinor])).toEqual([
      ["fee_returned", 41_00n, 7_39n], // 11.00 of VAT less 3.61
      ["goodwill", 20_00n, 3_61n],
    ]);
    await expect(correctCharge(agent, order(null))).rejects.toMatchObject({ reason: "correction.nothing_left" });
    expect(await balance()).toBe(1_000_00n);
  });

  test("comes back to many accounts at once, each its own", async () => {
    const boris = await world.subscriber({});
    await world.pay(boris.accountId, 100_00n);
    const fees = [
      await charge("change_fee", 50_00n),
      await charge("suspension_fee", 61_00n),
      await charge("change_fee", 30_00n, world.ctx.newId(), boris),
    ];
    await giveBack(...fees);
    expect(await balance()).toBe(1_000_00n);
    expect(await balance(boris.accountId)).toBe(100_00n);
    expect((await returned()).map((one) => one.amountMinor).sort()).toEqual([50_00n, 61_00n]);
    expect((await returned(boris.accountId)).map((one) => one.amountMinor)).toEqual([30_00n]);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });

  test("and nothing else is no tariff's: the table refuses either without the other", async () => {
    await charge("promised_fee", 10_00n);
    const copyOf = (kind: string, tariffId: string | null) =>
      database.ownerSql`
        insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                             period_days, booked_on, tariff_id, fee_minor, amount_minor, vat_percent, vat_minor)
        select account_id, ${world.ctx.newId()}, period_start, ${kind}, period_end, charged_from, charged_to, charged_days,
               period_days, booked_on, ${tariffId}, fee_minor, amount_minor, vat_percent, vat_minor
        from charges where account_id = ${anna.accountId}`;
    await expect(copyOf("recurring", null)).rejects.toThrow("charges_tariff_or_fee");
    await expect(copyOf("promised_fee", world.ctx.newId())).rejects.toThrow("charges_tariff_or_fee");
  });
});

/** As fees stood before the migration: their transfers, a posting key each, no lines. */
test("fees of before that stood in the book alone get the very lines they would have had", async () => {
  const { accountId } = anna;
  const kept = await charge("promised_fee", 10_00n);
  const tiny = await charge("suspension_fee", 2n); // too small for a kopeck of VAT
  world.travelTo("2026-12-03");
  const back = await charge("change_fee", 50_00n);
  world.travelTo("2027-01-02");
  await giveBack(back);
  const rows = () =>
    Promise.all([
      database.ownerSql`select * from charges where account_id = ${accountId} order by subscription_id`,
      database.ownerSql`
        select account_id, subscription_id, term, period_start, kind, booked_on, amount_minor, vat_percent, vat_minor, reason, note,
               detail, created_at
        from adjustments where account_id = ${accountId}`,
    ]);
  const wanted = await rows();
  const key = (one: FeeSubject, prefix: string, on: string) =>
    database.ownerSql`insert into posting_keys (account_id, key, booked_on) values (${accountId}, ${`${prefix}:${one.subjectId}`}, ${on})`;
  await key(kept, "fee", "2026-12-01");
  await key(tiny, "fee", "2026-12-01");
  await key(back, "fee", "2026-12-03");
  await key(back, "fee_back", "2027-01-02");
  await database.ownerSql`delete from charges where account_id = ${accountId}`;
  await database.ownerSql`delete from adjustments where account_id = ${accountId}`;

  const migration = await readFile(join(MIGRATIONS_DIR, "0017_fees_as_charges.sql"), "utf8");
  const fills = migration.split("--> statement-breakpoint").filter((statement) => statement.includes("insert into"));
  expect(fills).toHaveLength(2);
  for (const fill of fills) await database.ownerSql.unsafe(fill);
  expect(await rows()).toEqual(wanted);
});
