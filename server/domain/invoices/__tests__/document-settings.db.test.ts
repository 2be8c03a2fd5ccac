import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditLog, settings } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { billAccounts } from "@/server/domain/runs";
import { createWorld, type World } from "@/server/scenarios/world";
import {
  correctCharge,
  issueInvoices,
  readDocumentSettings,
  readDocumentsFrom,
  type SetDocumentSettingsInput,
  setDocumentSettings,
} from "..";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-10-01");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(settings);
});

const read = () => readDocumentSettings(world.asStaff("billing_operator"));
const set = async (changes: Partial<SetDocumentSettingsInput["settings"]>) => {
  const { mark, settings: present } = await read();
  await setDocumentSettings(world.asStaff("admin"), { seen: mark, settings: { ...present, ...changes } });
};
const trail = (key: string) =>
  database.db
    .select({ before: sql`${auditLog.before} #>> '{}'`, after: sql`${auditLog.after} #>> '{}'` })
    .from(auditLog)
    .where(eq(auditLog.entityId, key));

test("each setting that changes is in force at once and has its own line of the trail", async () => {
  expect(await read()).toMatchObject({
    settings: { documentsFrom: null, paymentTermDays: 14, correctionLimitMinor: 1_000_00n, advanceVatCode: "standard" },
    changed: null,
  });
  const { accountId, subscriptionId } = await world.subscriber({});
  await world.pay(accountId, 650_00n);
  await billAccounts(world.ctx, { accountIds: [accountId] });
  await set({ correctionLimitMinor: 50_00n, documentsFrom: "2026-10" });
  const order = {
    accountId,
    subscriptionId,
    periodStart: "2026-10-01",
    reason: "goodwill",
    note: "за терпение",
  } as const;
  const correct = (amountMinor: bigint) =>
    correctCharge(world.asStaff("support_agent"), { ...order, amountMinor, requestKey: world.ctx.newId() });
  expect(await correct(50_00n)).toMatchObject({ kind: "done" });
  expect(await correct(50_01n)).toMatchObject({ kind: "asked" });
  expect(await readDocumentsFrom(world.ctx)).toBe("2026-10");
  expect(await trail("billing.correction_limit_minor")).toEqual([{ before: "100000", after: "5000" }]);
  expect(await trail("invoices.from")).toEqual([{ before: null, after: "2026-10" }]);
  expect(await trail("vat.advances")).toEqual([]);
  await set({ documentsFrom: null });
  expect(await readDocumentsFrom(world.ctx)).toBeNull();
  expect((await read()).changed).toMatchObject({ at: world.ctx.now() });
});

test("what somebody else changed meanwhile is not overwritten", async () => {
  const { mark, settings: seen } = await read();
  await set({ paymentTermDays: 20 });
  await expect(
    setDocumentSettings(world.asStaff("admin"), { seen: mark, settings: { ...seen, advanceVat: "none" } }),
  ).rejects.toMatchObject({ kind: "conflict", reason: "setting.changed_meanwhile" });
  expect((await read()).settings).toMatchObject({ paymentTermDays: 20, advanceVat: "companies" });
});

test("documents do not begin after a month that has them, nor in a year nobody means", async () => {
  await set({ documentsFrom: "2027-10" });
  await expect(set({ documentsFrom: "2027-11" })).rejects.toMatchObject({
    reason: "documents.too_far",
    details: { field: "settings.documentsFrom", month: "2027-10" },
  });
  await set({ documentsFrom: null });
  const { accountId } = await world.subscriber({});
  await world.pay(accountId, 650_00n);
  await billAccounts(world.ctx, { accountIds: [accountId] });
  world.travelTo("2026-11-01");
  await issueInvoices(world.ctx, { month: "2026-10", accountIds: [accountId] });
  await expect(set({ documentsFrom: "2026-11" })).rejects.toMatchObject({
    reason: "documents.issued_before",
    details: { field: "settings.documentsFrom", month: "2026-10" },
  });
  expect((await read()).settings.documentsFrom).toBeNull();
  await set({ documentsFrom: "2026-10" });
});

test("a VAT code without a rate is refused at its field, and nothing of the rest is written", async () => {
  await expect(set({ advanceVatCode: "luxury", paymentTermDays: 3 })).rejects.toMatchObject({
    reason: "vat.no_rate",
    details: { field: "settings.advanceVatCode", code: "luxury" },
  });
  expect(await database.db.$count(settings)).toBe(0);
});

test.each([
  [{ documentsFrom: "2026-13" }, "documentsFrom"],
  [{ paymentTermDays: -1 }, "paymentTermDays"],
  [{ paymentTermDays: 366 }, "paymentTermDays"],
  [{ correctionLimitMinor: -1n }, "correctionLimitMinor"],
  [{ correctionLimitMinor: 100_000_000_01n }, "correctionLimitMinor"],
])("%o is refused at the field", async (changes, field) => {
  const refused = await set(changes).catch((error: unknown) => error);
  const { issues } = refused as { issues: { path: PropertyKey[] }[] };
  expect(issues.map(({ path }) => path.join("."))).toEqual([`settings.${field}`]);
  expect(await database.db.$count(settings)).toBe(0);
});

test("only an administrator changes them: who corrects charges does not raise their own limit", async () => {
  const { mark, settings: present } = await read();
  for (const role of ["billing_operator", "support_lead", "manager"] as const) {
    await expect(setDocumentSettings(world.asStaff(role), { seen: mark, settings: present })).rejects.toMatchObject({
      kind: "forbidden",
    });
  }
});
