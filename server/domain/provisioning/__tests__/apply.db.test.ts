import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { placeBlock } from "@/server/domain/subscriptions";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { applyService, createService, readServices, reconcileServices, refreshServices, resendService } from "..";
import { scriptedNetwork } from "./network";

let database: TestDatabase;
let world: World;
let network: ReturnType<typeof scriptedNetwork>;
let nowMs = 0;
let person: Subscriber & { serviceId: string };

const closed = { state: "closed", downKbps: null, upKbps: null } as const;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-14");
});
afterAll(() => database.close());

let made = 0;
beforeEach(async () => {
  nowMs = world.ctx.now().getTime();
  network = scriptedNetwork(world.ctx);
  const subscriber = await world.subscriber({});
  const { serviceId } = await createService(world.ctx, {
    accountId: subscriber.accountId,
    subscriptionId: subscriber.subscriptionId,
    login: `apply${++made}`,
  });
  person = { ...subscriber, serviceId };
});

const ctx = () => network.with({ ...world.ctx, now: () => new Date(nowMs) });
const key = () => ({ accountId: person.accountId, serviceId: person.serviceId });
const apply = () => applyService(ctx(), key());
const later = (ms: number) => {
  nowMs += ms;
};
const service = async () => {
  const [view] = await readServices(world.ctx, { accountId: person.accountId });
  if (!view) throw new Error("no service");
  return view;
};
const block = async () => {
  await placeBlock(world.ctx, { accountId: person.accountId, subscriptionId: null, reason: "administrative" });
  await refreshServices(world.ctx, { accountIds: [person.accountId] });
};
const eventTypes = async () => {
  const rows = await rowsOf<{ type: string }>(
    world.ctx,
    sql`select type from events where account_id = ${person.accountId} and type like 'service.%' and type <> 'service.desired'
        order by occurred_at, id`,
  );
  return rows.map((row) => row.type);
};
const job = async () => {
  const [row] = await rowsOf<{ run_at: string }>(
    world.ctx,
    sql`select run_at from graphile_worker.jobs where key = ${`apply_service:${person.serviceId}`}`,
  );
  return row && new Date(row.run_at).getTime() - nowMs;
};

describe("bringing a service to the network", () => {
  test("the network agrees: seen, done, told and written down once, however often it is asked", async () => {
    expect(await apply()).toMatchObject({ outcome: "in_step" });
    expect(await apply()).toMatchObject({ outcome: "in_step" });
    expect(await service()).toMatchObject({
      inStep: true,
      actual: { state: "active" },
      lastError: null,
      tasks: [{ state: "done", attempts: 1 }],
    });
    expect(await eventTypes()).toEqual(["service.activated"]);
    const audit = await rowsOf(
      world.ctx,
      sql`select 1 from audit_log where entity_id = ${person.serviceId} and action = 'service.apply'`,
    );
    expect(audit).toHaveLength(1);
  });

  test("ten at once end as one", async () => {
    const results = await Promise.all(Array.from({ length: 10 }, apply));
    expect(results.every((result) => result.outcome === "in_step")).toBe(true);
    expect(await eventTypes()).toEqual(["service.activated"]);
  });

  test("blocked and ended services are told by their own names", async () => {
    await block();
    await apply();
    expect(await eventTypes()).toEqual(["service.restricted"]);
    later(1_000);
    await database.ownerSql`update subscriptions set ended_on = '2026-11-14' where id = ${person.subscriptionId}`;
    await refreshServices(world.ctx, { accountIds: [person.accountId] });
    await apply();
    expect(await eventTypes()).toEqual(["service.restricted", "service.closed"]);
    expect((await service()).actual?.state).toBe("closed");
  });

  test("a network that is away keeps the task waiting, later each time, and catches up when it is back", async () => {
    network.isAway("timeout");
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const { outcome, error, nextAttemptAt } = await apply();
      expect({ outcome, error }).toEqual({ outcome: "waiting", error: "network_timeout" });
      const wait = (nextAttemptAt?.getTime() ?? 0) - nowMs;
      expect(await job()).toBe(wait);
      waits.push(wait / 1000);
      later(wait);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(await service()).toMatchObject({
      inStep: false,
      actual: null,
      lastError: "network_timeout",
      tasks: [{ state: "waiting", attempts: 8 }],
    });
    network.obeys();
    expect(await apply()).toMatchObject({ outcome: "in_step" });
    expect(await service()).toMatchObject({ inStep: true, lastError: null, tasks: [{ state: "done", attempts: 9 }] });
    expect(await eventTypes()).toEqual(["service.out_of_step", "service.activated"]);
  });

  test("two minutes of waiting are told of once", async () => {
    network.says(closed);
    await apply();
    later(119_000);
    await apply();
    expect(await eventTypes()).toEqual([]);
    later(2_000);
    await Promise.all([apply(), apply(), apply()]);
    later(600_000);
    await apply();
    expect(await eventTypes()).toEqual(["service.out_of_step"]);
  });

  test("a network that says otherwise is written down as it is, not as it should be", async () => {
    network.says(closed);
    expect(await apply()).toMatchObject({ outcome: "waiting", error: "state_differs" });
    expect(await service()).toMatchObject({ inStep: false, actual: { state: "closed" }, lastError: "state_differs" });
    network.says({ state: "active", downKbps: 64, upKbps: 300_000 });
    expect(await apply()).toMatchObject({ error: "speed_differs" });
  });

  test("an answer about a version that is no longer wanted changes nothing", async () => {
    network.meanwhile(block);
    expect(await apply()).toMatchObject({ outcome: "superseded" });
    expect(await service()).toMatchObject({ inStep: false, actual: null, desired: { version: 2, state: "walled" } });
    expect(await eventTypes()).toEqual([]);
    expect(await apply()).toMatchObject({ outcome: "in_step" });
    expect(await eventTypes()).toEqual(["service.restricted"]);
  });

  test("drift is found by a later look and waits anew; silence alone is not drift", async () => {
    await apply();
    later(86_400_000);
    network.isAway();
    await apply();
    expect(await service()).toMatchObject({ inStep: true, tasks: [{ state: "done" }] });
    network.says(closed);
    expect(await apply()).toMatchObject({ outcome: "waiting", error: "state_differs" });
    expect(await service()).toMatchObject({ inStep: false, tasks: [{ state: "waiting", attempts: 1 }] });
    network.obeys();
    later(1_000);
    await apply();
    expect(await eventTypes()).toEqual(["service.activated", "service.activated"]);
  });

  test("where the operator refuses instead of walling, a refusal is what is expected", async () => {
    await database.ownerSql`insert into settings (key, value) values ('network.financial_block', '"reject"')`;
    try {
      await block();
      network.obeys();
      expect(await apply()).toMatchObject({ outcome: "in_step" });
      expect((await service()).actual?.state).toBe("walled");
    } finally {
      await database.ownerSql`delete from settings where key = 'network.financial_block'`;
    }
  });

  test("an unexpected error is not swallowed", async () => {
    network.meanwhile(async () => {
      throw new TypeError("a bug");
    });
    await expect(apply()).rejects.toThrow("a bug");
  });

  test("people may not apply, a missing service is not found", async () => {
    const asked = applyService(network.with(world.asSubscriber(person.customerId)), key());
    await expect(asked).rejects.toMatchObject({ kind: "forbidden" });
    const missing = applyService(ctx(), { accountId: person.accountId, serviceId: world.ctx.newId() });
    await expect(missing).rejects.toMatchObject({ reason: "service.not_found" });
  });
});

describe("asking again by hand", () => {
  test("pulls the waiting attempt to now and leaves a trail", async () => {
    network.isAway();
    for (let attempt = 0; attempt < 6; attempt += 1) await apply();
    expect(await job()).toBe(32_000);
    await resendService({ ...world.asSubscriber(person.customerId), now: () => new Date(nowMs) }, key());
    expect((await service()).tasks[0]?.nextAttemptAt?.getTime()).toBe(nowMs);
    const [row] = await rowsOf<{ due: boolean }>(
      world.ctx,
      sql`select run_at <= now() as due from graphile_worker.jobs where key = ${`apply_service:${person.serviceId}`}`,
    );
    expect(row?.due).toBe(true);
    const audit = await rowsOf<{ actor: string }>(
      world.ctx,
      sql`select actor from audit_log where entity_id = ${person.serviceId} and action = 'service.resend'`,
    );
    expect(audit).toMatchObject([{ actor: expect.stringMatching(/^user:/) }]);
  });

  test("is not possible for another's service nor for those who may not", async () => {
    const stranger = await world.subscriber({});
    const asStranger = world.asSubscriber(stranger.customerId);
    await expect(resendService(asStranger, key())).rejects.toMatchObject({ kind: "not_found" });
    await expect(
      resendService(asStranger, { accountId: stranger.accountId, serviceId: person.serviceId }),
    ).rejects.toMatchObject({ reason: "service.not_found" });
    await expect(resendService(world.asStaff("manager"), key())).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("the safety net", () => {
  const reconcile = () => reconcileServices({ ...world.ctx, now: () => new Date(nowMs) });
  const forget = () =>
    database.ownerSql`delete from graphile_worker._private_jobs where key = ${`apply_service:${person.serviceId}`}`;

  test("a job that was lost is made again, one that waits its turn is left alone", async () => {
    await forget();
    later(10_000);
    await reconcile();
    expect(await job(), "too early to call it lost").toBeUndefined();
    later(60_000);
    await reconcile();
    expect(await job()).toBeDefined();
    network.isAway();
    for (let attempt = 0; attempt < 6; attempt += 1) await apply();
    await reconcile();
    expect(await job()).toBe(32_000);
  });

  test("what has differed for two minutes is counted and named, and the count is stored when it changes", async () => {
    await database.ownerSql`delete from services where id <> ${person.serviceId}`;
    await database.ownerSql`delete from reconciliations`;
    expect(await reconcile()).toMatchObject({ compared: 1, differences: 0 });
    later(121_000);
    expect(await reconcile()).toMatchObject({ compared: 1, differences: 1 });
    await reconcile();
    const rows = await database.sql`
      select differences::int, sample from reconciliations where link = 'provisioning-radius' and compared = 1
      order by checked_at`;
    expect(rows).toMatchObject([
      { differences: 0, sample: [] },
      { differences: 1, sample: [person.serviceId] },
    ]);
  });

  test("a service not read for a day is read again", async () => {
    await apply();
    await forget();
    later(23 * 3_600_000);
    await reconcile();
    expect(await job()).toBeUndefined();
    later(2 * 3_600_000);
    await reconcile();
    expect(await job()).toBeDefined();
  });
});
