import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { endSubscription, liftBlock, placeBlock } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { createService, createServices, readServices, refreshDueServices, refreshServices } from "..";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-14");
});
beforeEach(() => world.travelTo("2026-11-14"));
afterAll(() => database.close());

let made = 0;
const login = () => `user${++made}`;
async function connected(input: Parameters<World["subscriber"]>[0] = {}) {
  const person = await world.subscriber(input);
  const { serviceId } = await createService(world.ctx, { ...keyOf(person), login: login() });
  return { ...person, serviceId };
}
const keyOf = ({ accountId, subscriptionId }: Subscriber) => ({ accountId, subscriptionId });
const serviceOf = async (accountId: string) => {
  const [service] = await readServices(world.ctx, { accountId });
  if (!service) throw new Error("no service");
  return service;
};
const eventsOf = (accountId: string, type: string) =>
  rowsOf<{ payload: Record<string, unknown> }>(
    world.ctx,
    sql`select payload from events where account_id = ${accountId} and type = ${type} order by occurred_at, id`,
  );
const auditOf = (serviceId: string, action: string) =>
  rowsOf<{ before: unknown; after: Record<string, unknown> }>(
    world.ctx,
    sql`select before, after from audit_log where entity_id = ${serviceId} and action = ${action}`,
  );
const jobsOf = (ctx: Context, serviceId: string) =>
  rowsOf(ctx, sql`select 1 from graphile_worker.jobs where key = ${`apply_service:${serviceId}`}`);
const refresh = (...people: Subscriber[]) =>
  refreshServices(world.ctx, { accountIds: people.map((person) => person.accountId) });

describe("a new service", () => {
  test("is born in the state the rule wants, with a secret nobody else sees, a task, a trail and a job", async () => {
    const person = await connected();
    const service = await serviceOf(person.accountId);
    expect(service).toMatchObject({
      desired: { state: "active", cause: "in_order", version: 1 },
      downKbps: 300_000,
      actual: null,
      inStep: false,
      tasks: [{ version: 1, state: "waiting", attempts: 0 }],
    });
    const [row] = await database.sql`select secret from services where id = ${person.serviceId}`;
    expect(row?.secret).toMatch(/^[a-z2-9]{12}$/);
    expect(JSON.stringify([service, await auditOf(person.serviceId, "service.create")])).not.toContain(row?.secret);
    expect(await auditOf(person.serviceId, "service.create")).toHaveLength(1);
    expect(await eventsOf(person.accountId, "service.desired")).toMatchObject([
      { payload: { serviceId: person.serviceId, version: 1, state: "active" } },
    ]);
    expect(await jobsOf(world.ctx, person.serviceId)).toHaveLength(1);
  });

  test("a login is given once, also to two callers at the same moment", async () => {
    const [anna, boris] = [await world.subscriber({}), await world.subscriber({})];
    const results = await Promise.allSettled(
      [anna, boris].map((person) => createService(world.ctx, { ...keyOf(person), login: "shared" })),
    );
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")).toMatchObject({
      reason: { kind: "conflict", reason: "service.login_taken", details: { login: "shared" } },
    });
  });

  test("a subscription has one service, also when it is asked for five times at once", async () => {
    const person = await world.subscriber({});
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => createService(world.ctx, { ...keyOf(person), login: login() })),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await readServices(world.ctx, { accountId: person.accountId })).toHaveLength(1);
  });

  test("is refused for another account's subscription, and nothing of the batch is written", async () => {
    const [anna, boris] = [await world.subscriber({}), await world.subscriber({})];
    const batch = [
      { ...keyOf(anna), login: login() },
      { accountId: anna.accountId, subscriptionId: boris.subscriptionId, login: login() },
    ];
    await expect(createServices(world.ctx, batch)).rejects.toMatchObject({ reason: "subscription.not_found" });
    expect(await readServices(world.ctx, { accountId: anna.accountId })).toEqual([]);
  });

  test("is not made by those who may not", async () => {
    const person = await world.subscriber({});
    const input = { ...keyOf(person), login: login() };
    for (const ctx of [world.asSubscriber(person.customerId), world.asStaff("manager")]) {
      await expect(createService(ctx, input)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(refreshServices(ctx, { accountIds: [person.accountId] })).rejects.toMatchObject({
        kind: "forbidden",
      });
    }
  });

  test.each(["", "a b", "x'; drop table services; --", "я"])("the login %j is refused", async (bad) => {
    const person = await world.subscriber({});
    await expect(createService(world.ctx, { ...keyOf(person), login: bad })).rejects.toThrow("service.login_malformed");
  });
});

describe("refreshing", () => {
  test("nothing has changed: nothing is written", async () => {
    const person = await connected();
    expect(await refresh(person)).toEqual({ checked: 1, changed: 0 });
    expect((await serviceOf(person.accountId)).desired.version).toBe(1);
    expect(await auditOf(person.serviceId, "service.desire")).toEqual([]);
  });

  test("blocks stack and each is lifted on its own: active only when none is left", async () => {
    const person = await connected();
    const place = (reason: "administrative" | "voluntary", subscriptionId: string | null) =>
      placeBlock(world.ctx, { accountId: person.accountId, subscriptionId, reason });
    await place("administrative", null);
    const mine = await place("voluntary", person.subscriptionId);
    expect(await refresh(person)).toEqual({ checked: 1, changed: 1 });
    expect((await serviceOf(person.accountId)).desired).toMatchObject({ state: "walled", cause: "administrative" });

    await liftBlock(world.ctx, { accountId: person.accountId, blockId: mine.blockId });
    expect(await refresh(person)).toEqual({ checked: 1, changed: 0 });
    expect((await serviceOf(person.accountId)).desired.state).toBe("walled");
  });

  test("another subscription's block does not touch this one", async () => {
    const person = await connected();
    const other = await world.subscriber({});
    await placeBlock(world.ctx, {
      accountId: other.accountId,
      subscriptionId: other.subscriptionId,
      reason: "administrative",
    });
    expect(await refresh(person, other)).toEqual({ checked: 1, changed: 0 });
  });

  test("a newer version supersedes the task that waits, and the trail holds before and after", async () => {
    const person = await connected();
    await placeBlock(world.ctx, { accountId: person.accountId, subscriptionId: null, reason: "administrative" });
    await refresh(person);
    const { tasks, desired } = await serviceOf(person.accountId);
    expect(desired.version).toBe(2);
    expect(tasks).toMatchObject([
      { version: 2, state: "waiting", cause: "administrative" },
      { version: 1, state: "superseded" },
    ]);
    expect(await auditOf(person.serviceId, "service.desire")).toMatchObject([
      { before: { state: "active", version: 1 }, after: { state: "walled", version: 2 } },
    ]);
    expect(await eventsOf(person.accountId, "service.desired")).toHaveLength(2);
  });

  test("a debt past the credit limit walls, a payment opens, and the limit itself is allowed", async () => {
    const person = await connected({ creditLimitMinor: 500_00n });
    const owe = (minor: bigint) =>
      database.ownerSql`update account_balances set balance_minor = ${(-minor).toString()} where account_id = ${person.accountId}`;
    await owe(500_00n);
    expect((await refresh(person)).changed).toBe(0);
    await owe(500_01n);
    expect((await refresh(person)).changed).toBe(1);
    expect((await serviceOf(person.accountId)).desired).toMatchObject({ state: "walled", cause: "credit_limit" });
    await world.pay(person.accountId, 1n);
    await refresh(person);
    expect((await serviceOf(person.accountId)).desired).toMatchObject({
      state: "active",
      cause: "in_order",
      version: 3,
    });
  });

  test("another speed of the tariff is another desired version", async () => {
    const person = await connected();
    await database.ownerSql`update tariffs set down_kbps = 500000 where id = (
      select tariff_id from subscriptions where id = ${person.subscriptionId})`;
    await refresh(person);
    expect(await serviceOf(person.accountId)).toMatchObject({
      downKbps: 500_000,
      desired: { version: 2, state: "active" },
    });
  });

  test("time alone closes a service on the day it ends, and not before", async () => {
    const person = await connected();
    await endSubscription(world.ctx, { ...keyOf(person), endedOn: "2026-11-16", reason: "left" });
    await refreshDueServices(world.ctx);
    expect((await serviceOf(person.accountId)).desired.state).toBe("active");
    world.travelTo("2026-11-16");
    expect((await refreshDueServices(world.ctx)).changed).toBe(1);
    expect((await serviceOf(person.accountId)).desired).toMatchObject({ state: "closed", cause: "ended" });
    expect((await refreshDueServices(world.ctx)).changed).toBe(0);
  });

  test("five refreshes at once make one version", async () => {
    const person = await connected();
    await placeBlock(world.ctx, { accountId: person.accountId, subscriptionId: null, reason: "administrative" });
    const results = await Promise.all(Array.from({ length: 5 }, () => refresh(person)));
    expect(results.map((result) => result.changed).sort()).toEqual([0, 0, 0, 0, 1]);
  });
});

describe("reading", () => {
  test("a subscriber sees their own services and not another's", async () => {
    const [anna, boris] = [await connected(), await connected()];
    const asAnna = world.asSubscriber(anna.customerId);
    expect(await readServices(asAnna, { accountId: anna.accountId })).toHaveLength(1);
    await expect(readServices(asAnna, { accountId: boris.accountId })).rejects.toMatchObject({ kind: "not_found" });
  });
});
