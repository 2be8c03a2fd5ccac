import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { type Measure, publishTariffs } from "@/server/domain/catalog";
import { createService } from "@/server/domain/provisioning";
import { endSubscription } from "@/server/domain/subscriptions";
import { dayIn } from "@/server/kernel/day";
import { createWorld, type Subscriber, type World, ZONE } from "@/server/scenarios/world";
import {
  addIdentifier,
  changeFault,
  dropFaults,
  endIdentifier,
  type IdentifierKind,
  listFaults,
  listIdentifiers,
  listRecords,
  retryFaults,
  storeRecords,
  type TakenRecord,
} from "..";

let database: TestDatabase;
let world: World;
let tariffId: string;
let anna: Subscriber;
let phone: string;
let made = 0;

const call = {
  meter: "call",
  nameRu: "Звонки",
  nameEn: "Calls",
  unit: "minute",
  pricer: "per_unit",
  priceMinor: "150",
};

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-05-01");
  const [tariff] = await publishTariffs(world.ctx, [
    {
      code: "phone",
      nameRu: "Телефон",
      nameEn: "Phone",
      kind: "phone",
      revenueCode: "revenue:phone",
      price: {
        newFrom: "2020-01-01",
        feeMinor: 0n,
        chargeMethod: "usage",
        moneyGate: "always",
        usagePricing: { meters: [call as never] },
      },
    },
  ]);
  tariffId = tariff?.tariffId ?? "";
});
beforeEach(async () => {
  world.travelTo("2026-05-01");
  anna = await world.subscriber({ tariffId });
  phone = `+7342${(2_000_000 + ++made).toString()}`;
  await addIdentifier(world.ctx, { ...ownerOf(anna), kind: "phone", value: phone, validFrom: "2026-05-01" });
  world.travelTo("2026-05-20");
});
afterAll(() => database.close());

const ownerOf = ({ accountId, subscriptionId }: Subscriber) => ({ accountId, subscriptionId });
const unique = () => world.ctx.newId();

interface Told {
  readonly id?: string;
  readonly kind?: IdentifierKind;
  readonly identifier?: string;
  readonly at?: string;
  readonly meter?: string;
  readonly measure?: Measure;
  readonly units?: bigint;
}

function told({
  id = unique(),
  kind = "phone",
  identifier = phone,
  at = "2026-05-10T09:00:00Z",
  ...more
}: Told = {}): TakenRecord {
  const { meter = "call", measure = "second", units = 60n } = more;
  const occurredAt = new Date(at);
  const raw = { id, number: identifier, at, seconds: `${units}` };
  return {
    recordId: id,
    digest: JSON.stringify(raw),
    raw,
    label: "+79120000000",
    read: {
      identifierKind: kind,
      identifier,
      occurredAt,
      day: dayIn(occurredAt, ZONE),
      meter,
      measure,
      units,
    },
  };
}
let source: string;
beforeEach(() => {
  source = `switch-${made}`;
});
const store = (...batch: TakenRecord[]) => storeRecords(world.ctx, batch, { source });
const reasonsOf = async (...batch: TakenRecord[]) => (await store(...batch)).faults.map(({ fault }) => fault);
const recordsOf = async ({ accountId, subscriptionId }: Subscriber) =>
  (await listRecords(world.ctx, { accountId, subscriptionId, from: "2026-01-01", to: "2027-01-01" })).records;
const bin = async () => (await listFaults(world.ctx, { source })).faults;

describe("taking records in", () => {
  test("a record lands on the subscription that has the number, and waits to be charged", async () => {
    expect(await store(told({ units: 125n }))).toEqual({ stored: 1, repeated: 0, faults: [], changed: [] });
    expect(await recordsOf(anna)).toEqual([
      {
        occurredAt: new Date("2026-05-10T09:00:00Z"),
        meter: "call",
        units: 125n,
        label: "+79120000000",
        isCharged: false,
      },
    ]);
  });

  test("a record told twice, in one batch or in two, is taken once", async () => {
    const one = told();
    expect(await store(one, one)).toMatchObject({ stored: 1, repeated: 1 });
    expect(await store(one)).toMatchObject({ stored: 0, repeated: 1 });
    expect(await recordsOf(anna)).toHaveLength(1);
  });

  test("five at the same moment take it once", async () => {
    const batch = [told(), told()];
    const results = await Promise.all(Array.from({ length: 5 }, () => store(...batch)));
    expect(results.map(({ stored }) => stored).sort()).toEqual([0, 0, 0, 0, 2]);
    expect(await recordsOf(anna)).toHaveLength(2);
  });

  test("a record that says something else now, another month too, is refused and changes nothing", async () => {
    const id = unique();
    await store(told({ id }));
    expect(await store(told({ id, units: 90n }))).toMatchObject({ stored: 0, changed: [0] });
    expect(await store(told({ id, at: "2026-05-11T09:00:00Z" }))).toMatchObject({ stored: 0, changed: [0] });
    expect(await store(told({ id: `${id}x` }), told({ id: `${id}x`, units: 1n }))).toMatchObject({
      stored: 1,
      changed: [1],
    });
    expect((await recordsOf(anna)).map(({ units }) => units)).toEqual([60n, 60n]);
  });

  test("another source may use the same ids", async () => {
    const one = told();
    await store(one);
    expect(await storeRecords(world.ctx, [one], { source: "other" })).toMatchObject({ stored: 1 });
  });

  test("a dry run says the same and writes nothing", async () => {
    const batch = [told(), told({ identifier: "+73420000000" })];
    const dry = await storeRecords(world.ctx, batch, { source, dryRun: true });
    expect(await recordsOf(anna)).toEqual([]);
    expect(await bin()).toEqual([]);
    expect(await store(...batch)).toEqual(dry);
  });

  test("a login is found among the network's services", async () => {
    const login = `caller${made}`;
    const internet = await world.subscriber({});
    await createService(world.ctx, { ...ownerOf(internet), login });
    // The tariff of that subscription charges a fee, not usage: found, and refused for what it is.
    expect(await reasonsOf(told({ kind: "login", identifier: login, at: "2026-05-20T06:00:00Z" }))).toEqual([
      "no_price",
    ]);
  });
});

describe("what goes to the bin", () => {
  test.each([
    ["a number nobody has", { identifier: "+73429999999" }, "unknown_service"],
    ["a day before the number was assigned", { at: "2026-04-30T20:00:00Z" }, "not_in_force"],
    ["usage of a kind that the price does not name", { meter: "sms", measure: "piece" }, "meter_unknown"],
    ["octets where minutes are sold", { measure: "octet" }, "wrong_measure"],
    ["half a year ago and more", { at: "2025-11-20T09:00:00Z" }, "too_late"],
    ["the day after tomorrow", { at: "2026-05-22T09:00:00Z" }, "in_future"],
    ["less than nothing", { units: -1n }, "malformed"],
  ] as const)("%s", async (_name, what, reason) => {
    const one = told(what);
    expect(await reasonsOf(one)).toEqual([reason]);
    expect(await recordsOf(anna)).toEqual([]);
    const [kept] = await bin();
    expect(kept).toMatchObject({ reason, recordId: one.recordId, raw: one.raw, state: "open" });
    // Told again it stays one fault.
    expect(await store(one)).toMatchObject({ repeated: 1, faults: [] });
    expect(await bin()).toHaveLength(1);
  });

  test("the day is the operator's: the last minute of the evening before is not yet the number's", async () => {
    expect(await reasonsOf(told({ at: "2026-04-30T20:59:59Z" }))).toEqual(["not_in_force"]);
    expect(await store(told({ at: "2026-04-30T21:00:00Z" }))).toMatchObject({ stored: 1 });
  });

  test("a record that was not understood is kept whole with what was", async () => {
    const { read: _read, ...one } = told();
    const partly = { column: "seconds", identifierKind: "phone" as const, identifier: phone };
    expect(await reasonsOf({ ...one, read: null, partly })).toEqual(["malformed"]);
    expect(await bin()).toMatchObject([
      { reason: "malformed", column: "seconds", raw: one.raw, identifier: phone, units: null },
    ]);
  });

  test("a file that says one record twice, otherwise the second time, says the same when it is taken again", async () => {
    const id = unique();
    const nobody = "+73429999997";
    const file = [told({ id, identifier: nobody, units: 61n }), told({ id, identifier: nobody, units: 99n })];
    expect(await store(...file)).toMatchObject({ stored: 0, repeated: 0, changed: [1] });
    const before = await bin();
    expect(before).toMatchObject([{ units: 61n, attempts: 1 }]);
    expect(await store(...file)).toMatchObject({ stored: 0, repeated: 1, changed: [1], faults: [] });
    expect(await bin()).toEqual(before);
  });

  test("told again otherwise while it is in the bin, it takes its old self's place; understood now, it is taken", async () => {
    const id = unique();
    await store(told({ id, identifier: "+73429999999" }));
    await store(told({ id, identifier: "+73429999998" }));
    expect(await bin()).toMatchObject([{ identifier: "+73429999998", attempts: 2 }]);
    expect(await store(told({ id }))).toMatchObject({ stored: 1 });
    expect(await bin()).toEqual([]);
    expect(await recordsOf(anna)).toHaveLength(1);
  });

  test("usage after the subscription ended is not in force", async () => {
    await endSubscription(world.ctx, { ...ownerOf(anna), endedOn: "2026-05-20", reason: "left" });
    expect(await reasonsOf(told({ at: "2026-05-20T09:00:00Z" }))).toEqual(["not_in_force"]);
    expect(await store(told({ at: "2026-05-19T09:00:00Z" }))).toMatchObject({ stored: 1 });
  });
});

describe("identifiers", () => {
  test("a number passes from one to another on a day, and usage follows it by its own day", async () => {
    const boris = await world.subscriber({ tariffId });
    const [own] = await listIdentifiers(world.ctx, { accountId: anna.accountId });
    const next = { ...ownerOf(boris), kind: "phone" as const, value: phone, validFrom: "2026-05-20" };
    await expect(addIdentifier(world.ctx, next)).rejects.toMatchObject({ reason: "identifier.taken" });
    await endIdentifier(world.ctx, {
      accountId: anna.accountId,
      identifierId: own?.identifierId ?? "",
      validTo: "2026-05-20",
    });
    await addIdentifier(world.ctx, next);
    await store(told({ at: "2026-05-19T20:59:00Z" }), told({ at: "2026-05-19T21:00:00Z" }));
    expect(await recordsOf(anna)).toHaveLength(1);
    expect(await recordsOf(boris)).toHaveLength(1);
  });

  test("is written in one way, however it was typed, and must be what it says", async () => {
    const typed = { ...ownerOf(anna), kind: "phone" as const, validFrom: "2026-05-01" };
    await addIdentifier(world.ctx, { ...typed, value: "8 (342) 555-00-11" });
    expect((await listIdentifiers(world.ctx, { accountId: anna.accountId })).map(({ value }) => value)).toContain(
      "+73425550011",
    );
    await expect(addIdentifier(world.ctx, { ...typed, value: "телефон" })).rejects.toMatchObject({
      reason: "identifier.malformed",
    });
    const boris = await world.subscriber({ tariffId });
    const foreign = { ...typed, accountId: boris.accountId, value: "+73425550012" };
    await expect(addIdentifier(world.ctx, foreign)).rejects.toMatchObject({ reason: "subscription.not_found" });
  });

  test("two that want one number at the same moment: one has it", async () => {
    const boris = await world.subscriber({ tariffId });
    const wanted = { kind: "phone" as const, value: "+73427770077", validFrom: "2026-05-01" };
    const results = await Promise.allSettled(
      [anna, boris].map((who) => addIdentifier(world.ctx, { ...ownerOf(who), ...wanted })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("emptying the bin", () => {
  test("once the number is assigned, looking anew takes all that wait for it", async () => {
    const value = `+7342333${made.toString().padStart(4, "0")}`;
    await store(told({ identifier: value }), told({ identifier: value }), told({ identifier: "+73420000001" }));
    expect(await retryFaults(world.ctx, { source })).toEqual({ looked: 3, taken: 0 });
    await addIdentifier(world.ctx, { ...ownerOf(anna), kind: "phone", value, validFrom: "2026-05-01" });
    expect(await retryFaults(world.ctx, { source, reason: "unknown_service" })).toEqual({ looked: 3, taken: 2 });
    expect(await recordsOf(anna)).toHaveLength(2);
    expect(await bin()).toHaveLength(1);
    expect(await retryFaults(world.ctx, { source })).toEqual({ looked: 1, taken: 0 });
  });

  const repair = (faultId: string, more: object = {}) => ({
    faultId,
    whose: { by: "identifier" as const, kind: "phone" as const, value: phone },
    day: "2026-05-10",
    time: "12:00",
    meter: "call",
    measure: "second" as const,
    units: 61n,
    ...more,
  });
  const binned = async (what: Told = { identifier: "+73420000002" }) => {
    await store(told(what));
    return (await bin())[0]?.faultId ?? "";
  };

  test("put right by hand it is taken, once", async () => {
    const faultId = await binned();
    expect(await changeFault(world.ctx, repair(faultId))).toEqual({ taken: true, accountId: anna.accountId });
    expect(await recordsOf(anna)).toMatchObject([{ units: 61n, occurredAt: new Date("2026-05-10T09:00:00Z") }]);
    await expect(changeFault(world.ctx, repair(faultId))).rejects.toMatchObject({ reason: "usage.fault_settled" });
    expect(await recordsOf(anna)).toHaveLength(1);
  });

  test("put half right it stays, with the new reason and what was put right", async () => {
    const faultId = await binned();
    expect(await changeFault(world.ctx, repair(faultId, { meter: "roaming" }))).toEqual({
      taken: false,
      fault: "meter_unknown",
    });
    expect(await bin()).toMatchObject([{ reason: "meter_unknown", identifier: phone, units: 61n, meter: "roaming" }]);
  });

  test("given to an account, it finds the subscription that is charged for it", async () => {
    const faultId = await binned();
    const whose = { by: "account" as const, accountNumber: anna.accountNumber };
    expect(await changeFault(world.ctx, repair(faultId, { whose }))).toEqual({
      taken: true,
      accountId: anna.accountId,
    });
    const nobody = { by: "account" as const, accountNumber: "нет такого" };
    const other = await binned({ identifier: "+73420000003" });
    await expect(changeFault(world.ctx, repair(other, { whose: nobody }))).rejects.toMatchObject({
      reason: "account.not_found",
    });
  });

  test("dropped with a reason it is kept, and told again it stays dropped", async () => {
    const one = told({ identifier: "+73420000004" });
    await store(one);
    const [fault] = await bin();
    const faultIds = [fault?.faultId ?? ""];
    expect(await dropFaults(world.ctx, { faultIds, note: "проверка линии" })).toEqual({ dropped: 1 });
    expect(await bin()).toEqual([]);
    expect((await listFaults(world.ctx, { source, state: "dropped" })).faults).toMatchObject([
      { recordId: one.recordId, note: "проверка линии" },
    ]);
    expect(await store(one)).toMatchObject({ repeated: 1 });
    await expect(dropFaults(world.ctx, { faultIds, note: "ещё раз" })).rejects.toMatchObject({
      reason: "usage.fault_not_found",
    });
  });

  test("pages and counts tell of the whole bin", async () => {
    await store(...Array.from({ length: 5 }, () => told({ identifier: "+73420000005" })), told({ meter: "sms" }));
    const first = await listFaults(world.ctx, { source, limit: 4 });
    const second = await listFaults(world.ctx, { source, limit: 4, after: first.after ?? "" });
    expect(new Set([...first.faults, ...second.faults].map(({ faultId }) => faultId)).size).toBe(6);
    expect(second.after).toBeNull();
    expect(first.counts.filter((one) => one.source === source)).toEqual([
      { reason: "unknown_service", source, count: 5 },
      { reason: "meter_unknown", source, count: 1 },
    ]);
  });
});

test("is nobody else's business", async () => {
  const boris = await world.subscriber({});
  const asBoris = world.asSubscriber(boris.customerId);
  const days = { from: "2026-05-01", to: "2026-06-01" };
  await expect(listRecords(asBoris, { ...ownerOf(anna), ...days })).rejects.toMatchObject({ kind: "not_found" });
  await expect(listIdentifiers(asBoris, { accountId: anna.accountId })).rejects.toMatchObject({ kind: "not_found" });
  for (const refused of [
    () => storeRecords(asBoris, [told()], { source }),
    () => listFaults(asBoris, {}),
    () => retryFaults(asBoris, {}),
    () => dropFaults(asBoris, { faultIds: [unique()], note: "нет" }),
    () => addIdentifier(asBoris, { ...ownerOf(boris), kind: "phone", value: "1", validFrom: "2026-05-01" }),
  ]) {
    await expect(refused()).rejects.toMatchObject({ kind: "forbidden" });
  }
});

test("the application cannot rewrite usage: only whether a line has taken it in", async () => {
  await store(told());
  await expect(database.sql`update metered_records set units = 1`).rejects.toThrow(/permission denied/);
  await expect(database.sql`delete from metered_records`).rejects.toThrow(/permission denied/);
});
