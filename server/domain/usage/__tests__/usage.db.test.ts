import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { createService } from "@/server/domain/provisioning";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { dropAuthentications, readUsage, recordUsage } from "..";

let database: TestDatabase;
let world: World;
let anna: Subscriber & { serviceId: string; login: string };
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-14");
});
beforeEach(async () => {
  world.travelTo("2026-11-14");
  const person = await world.subscriber({});
  const { accountId, subscriptionId } = person;
  const login = `usage${++made}`;
  const { serviceId } = await createService(world.ctx, { accountId, subscriptionId, login });
  anna = { ...person, serviceId, login };
});
afterAll(() => database.close());

interface Heard {
  readonly key: string;
  readonly startedAt?: string;
  readonly sent: bigint | number;
  readonly received: bigint | number;
  readonly seconds?: number;
  readonly stoppedAt?: string | null;
  readonly username?: string;
  readonly byClass?: string | null;
  /** Seconds ago that our clock heard of it. */
  readonly ago?: number;
}

/** What RADIUS writes when a packet comes. */
async function heard(input: Heard) {
  const { key, sent, received, seconds = 60, stoppedAt = null, username = anna.login, ago = 10 } = input;
  const { startedAt = "2026-11-10T09:00:00Z", byClass = `0x${Buffer.from(anna.serviceId).toString("hex")}` } = input;
  await database.ownerSql`
    insert into radius.radacct (acctkey, acctuniqueid, acctsessionid, username, nasipaddress, acctstarttime, acctupdatetime,
      acctstoptime, acctsessiontime, acctinputoctets, acctoutputoctets, class, heardat)
    values (${key}, ${key}, ${key}, ${username}, '192.0.2.1', ${startedAt}, ${startedAt}, ${stoppedAt}, ${seconds},
      ${sent.toString()}, ${received.toString()}, ${byClass}, clock_timestamp() - make_interval(secs => ${ago}))
    on conflict (acctuniqueid) do update set acctsessiontime = excluded.acctsessiontime,
      acctinputoctets = excluded.acctinputoctets, acctoutputoctets = excluded.acctoutputoctets,
      acctstoptime = excluded.acctstoptime, heardat = excluded.heardat`;
}
const rewind = () => database.ownerSql`update radius.fold_cursor set folded_to = '-infinity'`;
const usage = () => readUsage(world.ctx, { accountId: anna.accountId });
const unique = () => `session-${world.ctx.newId()}`;

describe("folding accounting", () => {
  beforeEach(async () => {
    await database.ownerSql`truncate radius.radacct`;
    await rewind();
  });

  test("a session lands on the service that its Class names, in whole octets beyond 32 bits", async () => {
    await heard({ key: unique(), sent: 4_294_967_306n, received: 9_007_199_254_740_993n, username: "renamed since" });
    expect(await recordUsage(world.ctx)).toEqual({ folded: 1, unknown: 0, misdated: 0 });
    expect(await usage()).toEqual({
      from: "2026-11-01",
      to: "2026-12-01",
      sentOctets: 4_294_967_306n,
      receivedOctets: 9_007_199_254_740_993n,
      seconds: 60,
      sessions: 1,
      services: [expect.objectContaining({ serviceId: anna.serviceId, sessions: 1 })],
    });
  });

  test("nothing new: nothing is written; the same rows folded again change nothing", async () => {
    await heard({ key: unique(), sent: 10, received: 20 });
    await recordUsage(world.ctx);
    expect(await recordUsage(world.ctx)).toEqual({ folded: 0, unknown: 0, misdated: 0 });
    const before = await usage();
    await rewind();
    expect((await recordUsage(world.ctx)).folded).toBe(1);
    expect(await usage()).toEqual(before);
    const audit = await database.sql`select after from audit_log where action = 'usage.record'`;
    expect(audit.length).toBeGreaterThanOrEqual(2);
  });

  test("a session that went on is one record with the higher counters, and never goes down", async () => {
    const key = unique();
    await heard({ key, sent: 10, received: 20, seconds: 60, ago: 30 });
    await recordUsage(world.ctx);
    await rewind();
    await heard({ key, sent: 50, received: 90, seconds: 300, stoppedAt: "2026-11-10T09:05:00Z" });
    await recordUsage(world.ctx);
    expect(await usage()).toMatchObject({ sentOctets: 50n, receivedOctets: 90n, seconds: 300, sessions: 1 });
    await rewind();
    await heard({ key, sent: 1, received: 1, seconds: 1 });
    await recordUsage(world.ctx);
    expect(await usage()).toMatchObject({ sentOctets: 50n, receivedOctets: 90n, seconds: 300, sessions: 1 });
    const [row] = await database.sql`select ended_at from usage_records where service_id = ${anna.serviceId}`;
    expect(row?.ended_at).not.toBeNull();
  });

  test("what is still being written is left for the next fold", async () => {
    await heard({ key: unique(), sent: 10, received: 20, ago: 0 });
    expect(await recordUsage(world.ctx)).toMatchObject({ folded: 0 });
    await database.ownerSql`update radius.radacct set heardat = heardat - interval '6 seconds'`;
    expect(await recordUsage(world.ctx)).toMatchObject({ folded: 1 });
  });

  test("a NAS that echoes no Class is known by the login; a foreign Class and login are counted as unknown", async () => {
    await heard({ key: unique(), sent: 1, received: 1, byClass: null });
    await heard({ key: unique(), sent: 2, received: 2, byClass: "0xdeadbeef" });
    await heard({ key: unique(), sent: 4, received: 4, byClass: null, username: "nobody" });
    await heard({ key: unique(), sent: 8, received: 8, byClass: `0x${"ff".repeat(36)}`, username: "nobody" });
    expect(await recordUsage(world.ctx)).toEqual({ folded: 2, unknown: 2, misdated: 0 });
    expect((await usage()).sentOctets).toBe(3n);
  });

  test("a NAS that lives in 1970 or 2100 is counted and stops nobody else", async () => {
    await heard({ key: unique(), sent: 1, received: 1, startedAt: "1970-01-01T00:05:00Z" });
    await heard({ key: unique(), sent: 1, received: 1, startedAt: "2100-01-01T00:00:00Z" });
    await heard({ key: unique(), sent: 5, received: 5 });
    expect(await recordUsage(world.ctx)).toEqual({ folded: 1, unknown: 0, misdated: 2 });
    expect((await usage()).sentOctets).toBe(5n);
  });

  test("sessions of a year ago find their month", async () => {
    await heard({ key: unique(), sent: 5, received: 5, startedAt: "2025-11-20T00:00:00Z" });
    expect(await recordUsage(world.ctx)).toMatchObject({ folded: 1 });
    expect((await usage()).sessions).toBe(0);
  });

  test("five folds at once fold once", async () => {
    await heard({ key: unique(), sent: 10, received: 20 });
    const results = await Promise.all(Array.from({ length: 5 }, () => recordUsage(world.ctx)));
    expect(results.map((result) => result.folded).sort()).toEqual([0, 0, 0, 0, 1]);
  });
});

describe("the month's usage", () => {
  test("begins at midnight in the operator's zone", async () => {
    await heard({ key: unique(), sent: 1, received: 0, startedAt: "2026-10-31T20:59:59Z" });
    await heard({ key: unique(), sent: 2, received: 0, startedAt: "2026-10-31T21:00:00Z" });
    await heard({ key: unique(), sent: 4, received: 0, startedAt: "2026-11-30T20:59:59Z" });
    await heard({ key: unique(), sent: 8, received: 0, startedAt: "2026-11-30T21:00:00Z" });
    world.travelTo("2026-12-05");
    await rewind();
    await recordUsage(world.ctx);
    expect((await usage()).sentOctets).toBe(8n);
    world.travelTo("2026-11-14");
    expect((await usage()).sentOctets).toBe(6n);
  });

  test("is nobody else's business", async () => {
    const boris = await world.subscriber({});
    const asBoris = world.asSubscriber(boris.customerId);
    await expect(readUsage(asBoris, { accountId: anna.accountId })).rejects.toMatchObject({ kind: "not_found" });
    await expect(recordUsage(asBoris)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(dropAuthentications(asBoris)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

test("logins are forgotten after ninety days and not before", async () => {
  await database.ownerSql`insert into radius.radpostauth (username, reply, authdate) values
    ('old', 'Access-Accept', '2026-08-10T00:00:00Z'), ('young', 'Access-Accept', '2026-09-01T00:00:00Z')`;
  world.travelTo("2026-11-14");
  expect(await dropAuthentications(world.ctx)).toEqual({ removed: 1 });
  expect(await database.sql`select username from radius.radpostauth`).toMatchObject([{ username: "young" }]);
});
