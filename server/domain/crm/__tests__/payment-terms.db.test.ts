import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accounts, auditLog } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { billAccounts, listCharges } from "@/server/domain/runs";
import type { Day } from "@/server/kernel/day";
import { createWorld, type World } from "@/server/scenarios/world";
import { setPaymentTerms } from "..";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
});
afterAll(() => database.close());

const termsOf = async (accountId: string) => {
  const { paymentTermDays, blockDelayDays } = accounts;
  const [row] = await database.db
    .select({ paymentTermDays, blockDelayDays })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return row;
};
const trailOf = (accountId: string) =>
  database.db
    .select({ before: auditLog.before, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.accountId, accountId), eq(auditLog.action, "account.set_payment_terms")))
    .orderBy(auditLog.id);

test("terms are set, kept in the trail with what they were, and taken back to the operator's by nothing", async () => {
  const { accountId } = await world.subscriber({});
  const operator = world.asStaff("billing_operator");
  await setPaymentTerms(operator, { accountId, paymentTermDays: 30, blockDelayDays: 0 });
  await setPaymentTerms(operator, { accountId, paymentTermDays: 30, blockDelayDays: 0 });
  await setPaymentTerms(operator, { accountId, paymentTermDays: null, blockDelayDays: 365 });
  expect(await termsOf(accountId)).toEqual({ paymentTermDays: null, blockDelayDays: 365 });
  expect(await trailOf(accountId)).toEqual([
    { before: { paymentTermDays: null, blockDelayDays: null }, after: { paymentTermDays: 30, blockDelayDays: 0 } },
    { before: { paymentTermDays: 30, blockDelayDays: 0 }, after: { paymentTermDays: null, blockDelayDays: 365 } },
  ]);
});

test("a charge made after that is due by the account's own term, and unpaid it closes the service by its own delay", async () => {
  const tariffId = await world.tariff({ feeMinor: 600_00n, price: { moneyGate: "always" } });
  const { accountId } = await world.subscriber({ tariffId });
  await setPaymentTerms(world.asStaff("support_lead"), { accountId, paymentTermDays: 3, blockDelayDays: 2 });
  await billAccounts(world.ctx, { accountIds: [accountId] });
  const [line] = await listCharges(world.ctx, { accountId, from: "2026-11-01" as Day, to: "2026-11-30" as Day });
  expect(line).toMatchObject({ amountMinor: 600_00n });
  const [{ due }] =
    (await database.sql`select due_on::text as due from charges where account_id = ${accountId}`) as unknown as [
      { due: string },
    ];
  expect(due).toBe("2026-11-04");
  const blocksOn = async (day: string) => {
    world.travelTo(day);
    await billAccounts(world.ctx, { accountIds: [accountId] });
    return database.sql`select 1 from blocks where account_id = ${accountId} and reason = 'financial'`;
  };
  expect(await blocksOn("2026-11-06")).toHaveLength(0);
  expect(await blocksOn("2026-11-07")).toHaveLength(1);
  world.travelTo("2026-11-01");
});

test.each([
  [{ paymentTermDays: -1, blockDelayDays: null }, "paymentTermDays"],
  [{ paymentTermDays: 366, blockDelayDays: null }, "paymentTermDays"],
  [{ paymentTermDays: 1.5, blockDelayDays: null }, "paymentTermDays"],
  [{ paymentTermDays: null, blockDelayDays: 366 }, "blockDelayDays"],
])("%o is refused by name at its field, and nothing is written", async (terms, field) => {
  const { accountId } = await world.subscriber({});
  const refused = await setPaymentTerms(world.asStaff("admin"), { accountId, ...terms }).catch(
    (error: unknown) => error,
  );
  const { issues } = refused as { issues: { path: PropertyKey[]; message: string }[] };
  expect(issues.map(({ path, message }) => [path.join("."), message])).toEqual([[field, "terms.days_out_of_bounds"]]);
  expect(await termsOf(accountId)).toEqual({ paymentTermDays: null, blockDelayDays: null });
});

test("who may not set a credit limit may not set these, and a missing account is missing", async () => {
  const { accountId, customerId } = await world.subscriber({});
  const terms = { paymentTermDays: 30, blockDelayDays: 30 };
  for (const ctx of [world.asStaff("support_agent"), world.asStaff("manager"), world.asSubscriber(customerId)]) {
    await expect(setPaymentTerms(ctx, { accountId, ...terms })).rejects.toMatchObject({ kind: "forbidden" });
  }
  await expect(
    setPaymentTerms(world.asStaff("admin"), { accountId: world.ctx.newId(), ...terms }),
  ).rejects.toMatchObject({ kind: "not_found" });
});
