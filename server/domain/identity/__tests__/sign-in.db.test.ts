import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, events, rateLimits, sessions, users } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { createUser, createUsers, issuePassword, startSession } from "../index";
import { identityWorld, PASSWORD } from "./identity-world";

let database: TestDatabase;
let world: ReturnType<typeof identityWorld>;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  world = identityWorld(database);
  await database.db.delete(rateLimits);
  await database.ownerSql`truncate login_identifiers, sessions, users cascade`;
});
afterAll(() => database.close());

const WRONG = { kind: "unauthenticated", reason: "session.wrong_credentials", details: {} };

async function subscriber() {
  const customerId = await world.customer();
  const { userId } = await createUser(world.job(), {
    role: "subscriber",
    displayName: "Иванова Анна",
    customerId,
    password: PASSWORD,
    identifiers: [
      { kind: "phone", value: "8 912 345-67-41" },
      { kind: "email", value: "Anna@Example.ru" },
      { kind: "contract", value: "Д-2024/17" },
      { kind: "account", value: "100042" },
    ],
  });
  return { userId, customerId };
}

describe("signing in", () => {
  test.each(["+7 (912) 345-67-41", "89123456741", "anna@example.RU", "договор № д-2024/17", "Л/С 100 042"])(
    "«%s» is a way to say who one is",
    async (identifier) => {
      const { userId } = await subscriber();
      const started = await startSession(world.visitor(), { identifier, password: PASSWORD });
      expect(started).toMatchObject({ userId, role: "subscriber" });
    },
  );

  test("leaves a session row, an audit row with the address, and an event", async () => {
    const { userId } = await subscriber();
    const { sessionId } = await startSession(world.visitor(), {
      identifier: "100042",
      password: PASSWORD,
      userAgent: "Firefox",
    });
    const [row] = await database.db.select().from(sessions).where(eq(sessions.id, sessionId));
    expect(row).toMatchObject({
      userId,
      roleVersion: 1,
      revokedAt: null,
      address: "198.51.100.7",
      userAgent: "Firefox",
    });
    const [audit] = await database.db.select().from(auditLog).where(eq(auditLog.entityId, sessionId));
    expect(audit).toMatchObject({ action: "session.start", address: "198.51.100.7", after: { userId } });
    const [event] = await database.db.select().from(events).where(sql`${events.payload}->>'sessionId' = ${sessionId}`);
    expect(event?.type).toBe("user.signed_in");
  });

  test("an unknown login, a wrong password and a disabled user get the same words", async () => {
    const { userId } = await subscriber();
    await expect(
      startSession(world.visitor(), { identifier: "nobody@x.ru", password: PASSWORD }),
    ).rejects.toMatchObject(WRONG);
    for (const identifier of ["", "nul\u0000l", "nul\u0000l@x.ru"]) {
      await expect(startSession(world.visitor(), { identifier, password: PASSWORD })).rejects.toMatchObject(WRONG);
    }
    await expect(startSession(world.visitor(), { identifier: "100042", password: "wrong" })).rejects.toMatchObject(
      WRONG,
    );
    await database.db.update(users).set({ disabledAt: world.now() }).where(eq(users.id, userId));
    await expect(startSession(world.visitor(), { identifier: "100042", password: PASSWORD })).rejects.toMatchObject(
      WRONG,
    );
  });

  test("an unknown login costs the time of a known one", async () => {
    await subscriber();
    const timed = async (identifier: string) => {
      const runs: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        await database.db.delete(rateLimits);
        const start = performance.now();
        await startSession(world.visitor(), { identifier, password: "wrong" }).catch(() => null);
        runs.push(performance.now() - start);
      }
      return Math.min(...runs);
    };
    const [known, unknown] = [await timed("100042"), await timed("100043")];
    expect(unknown).toBeGreaterThan(known * 0.5);
  });

  test("passwords are argon2id, and appear in no audit row and no event", async () => {
    const { userId } = await subscriber();
    const [user] = await database.db.select().from(users).where(eq(users.id, userId));
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const [leak] = await database.sql`
      select 1 from audit_log where after::text like '%argon2%' or after::text like ${`%${PASSWORD}%`}
      union all select 1 from events where payload::text like ${`%${PASSWORD}%`}`;
    expect(leak).toBeUndefined();
  });
});

describe("wrong passwords", () => {
  const wrong = (identifier: string, address: string | null = null) =>
    startSession(world.visitor(address), { identifier, password: "wrong" }).catch((error: unknown) => error);

  test("after ten in a quarter of an hour the right one is refused too, however the login is spelt", async () => {
    await subscriber();
    for (let index = 0; index < 10; index += 1) expect(await wrong("89123456741")).toMatchObject(WRONG);
    await expect(
      startSession(world.visitor(null), { identifier: "+7 912 345 67 41", password: PASSWORD }),
    ).rejects.toMatchObject({ kind: "rate_limited", reason: "session.too_many_attempts", details: { minutes: 15 } });
    world.pass(15 * 60_000);
    await startSession(world.visitor(null), { identifier: "89123456741", password: PASSWORD });
  });

  const OFFICE = "203.0.113.5";
  const right = { identifier: "100042", password: PASSWORD };
  const REFUSED = { kind: "rate_limited", reason: "session.too_many_attempts" };
  /** What a counter stands at after so many wrong passwords, without the time their hashing takes. */
  const counted = (key: string, points: number) =>
    database.db.insert(rateLimits).values({ key, points, expire: world.now().getTime() + 60_000 });
  const loginCounter = async () =>
    (await database.sql<{ key: string }[]>`select key from rate_limits where key ~ '^signin:login:[0-9a-f]+$'`)[0]?.key;

  test("ten of one login at one address lock it there, and neither its neighbours nor itself elsewhere", async () => {
    await subscriber();
    const { email } = await world.staff();
    for (let index = 0; index < 10; index += 1) expect(await wrong(email, OFFICE)).toMatchObject(WRONG);
    expect(await wrong(email, OFFICE)).toMatchObject(REFUSED);
    for (let index = 0; index < 100; index += 1) await wrong(email, OFFICE);
    await startSession(world.visitor(OFFICE), right);
    await startSession(world.visitor("203.0.113.6"), { identifier: email, password: PASSWORD });
  });

  test("ten of a login that nobody has are answered as those of one that somebody has", async () => {
    for (let index = 0; index < 10; index += 1) expect(await wrong("nobody@x.ru", OFFICE)).toMatchObject(WRONG);
    expect(await wrong("nobody@x.ru", OFFICE)).toMatchObject(REFUSED);
  });

  test("fifty of one login from many addresses lock it everywhere; a new password forgets them", async () => {
    const { userId } = await subscriber();
    await wrong("100042", "203.0.113.1");
    const key = (await loginCounter()) ?? "";
    await database.db.delete(rateLimits);
    await counted(key, 49);
    expect(await wrong("100042", "203.0.113.2")).toMatchObject(WRONG);
    await expect(startSession(world.visitor("203.0.113.3"), right)).rejects.toMatchObject(REFUSED);
    const { password } = await issuePassword(world.job(), { userId });
    await startSession(world.visitor("203.0.113.3"), { ...right, password });
  });

  test("a hundred at one address lock it for everybody there, and no other address", async () => {
    await subscriber();
    await counted(`signin:address:${OFFICE}`, 99);
    expect(await wrong("nobody@x.ru", OFFICE)).toMatchObject(WRONG);
    await expect(startSession(world.visitor(OFFICE), right)).rejects.toMatchObject(REFUSED);
    await startSession(world.visitor("203.0.113.6"), right);
  });

  test("forty at once get no more than ten looks at the password", async () => {
    await subscriber();
    const answers = await Promise.all(Array.from({ length: 40 }, () => wrong("100042")));
    const kinds = answers.map((answer) => (answer as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === "unauthenticated")).toHaveLength(10);
    expect(kinds.filter((kind) => kind === "rate_limited")).toHaveLength(30);
  });

  test("right passwords use nothing up", async () => {
    await subscriber();
    for (let index = 0; index < 12; index += 1) {
      await startSession(world.visitor(), { identifier: "100042", password: PASSWORD });
    }
  });

  test("leave a trail that names no secret", async () => {
    await wrong("100042");
    const [trail] = await database.db.select().from(auditLog).where(eq(auditLog.action, "session.refuse"));
    expect(trail?.entity).toBe("user");
  });
});

describe("making logins", () => {
  test("is for an administrator and for jobs", async () => {
    const input = { role: "admin" as const, displayName: "X", password: PASSWORD, identifiers: [] };
    await expect(createUser(world.visitor(), { ...input, identifiers: [] })).rejects.toMatchObject({
      kind: "unauthenticated",
    });
    const { email } = await world.staff("support_lead");
    const { reading } = await world.signIn(email);
    if (reading.state !== "active") throw new Error("not signed in");
    await expect(createUser(world.as(reading.actor), input)).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("an identifier is one person's, and the whole batch falls with it", async () => {
    await subscriber();
    const before = await database.db.$count(users);
    const make = (value: string) => ({
      role: "admin" as const,
      displayName: "X",
      password: PASSWORD,
      identifiers: [{ kind: "phone" as const, value }],
    });
    await expect(createUsers(world.job(), [make("+79000000001"), make("+7 912 345 67 41")])).rejects.toMatchObject({
      kind: "conflict",
      reason: "user.identifier_taken",
      details: { kind: "phone" },
    });
    await expect(createUsers(world.job(), [make("+79000000001"), make("89000000001")])).rejects.toMatchObject({
      reason: "user.identifier_taken",
    });
    expect(await database.db.$count(users)).toBe(before);
  });

  test("a subscriber's login needs a customer that exists, staff have none", async () => {
    const login = { displayName: "X", password: PASSWORD, identifiers: [{ kind: "account" as const, value: "7" }] };
    const customerId = "00000000-0000-7000-8000-000000000001";
    await expect(createUser(world.job(), { ...login, role: "subscriber", customerId })).rejects.toMatchObject({
      reason: "customer.not_found",
    });
    await expect(createUser(world.job(), { ...login, role: "subscriber" })).rejects.toThrow(
      "user.customer_iff_subscriber",
    );
    await expect(createUser(world.job(), { ...login, role: "admin", customerId })).rejects.toThrow(
      "user.customer_iff_subscriber",
    );
  });

  test("a thousand with one known password are hashed once", async () => {
    const start = performance.now();
    const ids = await createUsers(
      world.job(),
      Array.from({ length: 1_000 }, (_, index) => ({
        role: "manager" as const,
        displayName: `M${index}`,
        password: PASSWORD,
        identifiers: [{ kind: "email" as const, value: `m${index}@uzel.test` }],
      })),
    );
    expect(new Set(ids).size).toBe(1_000);
    const [hashes] = await database.sql`select count(distinct password_hash)::int as count from users`;
    expect(hashes?.count).toBe(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
