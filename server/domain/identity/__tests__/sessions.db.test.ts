import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, sessions, settings, users } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  beginTotp,
  confirmTotp,
  createUser,
  endOtherSessions,
  endSession,
  listSessions,
  readSession,
  startSession,
} from "../index";
import { totpCode } from "../rules/totp";
import { identityWorld, PASSWORD } from "./identity-world";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let database: TestDatabase;
let world: ReturnType<typeof identityWorld>;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  world = identityWorld(database);
  await database.ownerSql`truncate login_identifiers, sessions, users, rate_limits, settings cascade`;
});
afterAll(() => database.close());

async function signedIn(role: Parameters<typeof world.staff>[0] = "support_agent") {
  const { email, userId } = await world.staff(role);
  const { sessionId, reading } = await world.signIn(email);
  if (reading.state !== "active") throw new Error(reading.state);
  return { email, userId, sessionId, ctx: world.as(reading.actor), actor: reading.actor };
}

const stateOf = async (sessionId: string) => (await readSession(world.visitor(), sessionId)).state;

describe("a session", () => {
  test("makes the actor that every verb sees", async () => {
    const { userId, sessionId, actor } = await signedIn("billing_operator");
    expect(actor).toEqual({
      kind: "user",
      userId,
      role: "billing_operator",
      name: "Staff 1",
      customerId: null,
      sessionId,
      address: "198.51.100.7",
    });
  });

  test("is nobody's when the id is unknown, malformed or empty", async () => {
    for (const id of ["00000000-0000-7000-8000-000000000000", "' or 1=1 --", ""])
      expect(await stateOf(id)).toBe("none");
  });

  test("of staff ends after half an hour without a request, and each request starts it anew", async () => {
    const { sessionId } = await signedIn();
    world.pass(29 * MINUTE_MS);
    expect(await stateOf(sessionId)).toBe("active");
    world.pass(29 * MINUTE_MS);
    expect(await stateOf(sessionId)).toBe("active");
    world.pass(30 * MINUTE_MS);
    expect(await stateOf(sessionId)).toBe("ended");
  });

  test("of a subscriber lives thirty days", async () => {
    const customerId = await world.customer();
    await createUser(world.job(), {
      role: "subscriber",
      displayName: "Анна",
      customerId,
      password: PASSWORD,
      identifiers: [{ kind: "account", value: "100042" }],
    });
    const { sessionId } = await world.signIn("100042");
    world.pass(29 * DAY_MS);
    expect(await readSession(world.visitor(), sessionId)).toMatchObject({ state: "active", actor: { customerId } });
    world.pass(30 * DAY_MS);
    expect(await stateOf(sessionId)).toBe("ended");
  });

  test("is marked seen at most once a minute", async () => {
    const { sessionId } = await signedIn();
    const seen = async () =>
      (await database.db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]?.lastSeenAt.toISOString();
    world.pass(59_000);
    await stateOf(sessionId);
    expect(await seen()).toBe("2026-11-22T10:00:00.000Z");
    world.pass(1_000);
    await stateOf(sessionId);
    expect(await seen()).toBe("2026-11-22T10:01:00.000Z");
  });

  test("ends at once when the role changes or the user is disabled", async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    await database.db.update(users).set({ role: "admin", roleVersion: 2 }).where(eq(users.id, first.userId));
    await database.db.update(users).set({ disabledAt: world.now() }).where(eq(users.id, second.userId));
    expect(await stateOf(first.sessionId)).toBe("ended");
    expect(await stateOf(second.sessionId)).toBe("ended");
  });
});

describe("signing out", () => {
  test("ends this session with an audit row, and a second time changes nothing", async () => {
    const { ctx, sessionId } = await signedIn();
    await endSession(ctx, { sessionId });
    await endSession(ctx, { sessionId });
    expect(await stateOf(sessionId)).toBe("ended");
    const audit = await database.db.select().from(auditLog).where(eq(auditLog.entityId, sessionId));
    expect(audit.filter((row) => row.action === "session.end")).toHaveLength(1);
  });

  test("a foreign session and a missing one give the same answer, and the foreign one lives", async () => {
    const [mine, theirs] = [await signedIn("admin"), await signedIn()];
    const answer = { kind: "not_found", reason: "session.not_found" };
    await expect(endSession(mine.ctx, { sessionId: theirs.sessionId })).rejects.toMatchObject(answer);
    await expect(endSession(mine.ctx, { sessionId: mine.ctx.newId() })).rejects.toMatchObject(answer);
    expect(await stateOf(theirs.sessionId)).toBe("active");
  });

  test("everywhere else leaves this one and other people's", async () => {
    const [mine, theirs] = [await signedIn(), await signedIn()];
    const { sessionId: other } = await world.signIn(mine.email);
    expect((await listSessions(mine.ctx)).map((one) => one.isThis)).toEqual(expect.arrayContaining([true, false]));
    expect(await endOtherSessions(mine.ctx)).toEqual({ ended: 1 });
    expect(await stateOf(other)).toBe("ended");
    expect(await stateOf(mine.sessionId)).toBe("active");
    expect(await stateOf(theirs.sessionId)).toBe("active");
    expect(await listSessions(mine.ctx)).toMatchObject([{ id: mine.sessionId, isThis: true }]);
  });
});

describe("the second factor", () => {
  async function enrolled() {
    const user = await signedIn();
    const { secret } = await beginTotp(user.ctx, { sessionId: user.sessionId });
    await confirmTotp(user.ctx, { sessionId: user.sessionId, code: totpCode(secret, world.now().getTime()) });
    world.pass(5 * MINUTE_MS);
    return { ...user, secret, code: () => totpCode(secret, world.now().getTime()) };
  }

  test("once confirmed is asked for at every sign-in, after the password", async () => {
    const { email, code } = await enrolled();
    const signIn = (password: string, given?: string) =>
      startSession(world.visitor(), { identifier: email, password, code: given });
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ reason: "session.totp_needed" });
    await expect(signIn("wrong")).rejects.toMatchObject({ reason: "session.wrong_credentials" });
    await expect(signIn(PASSWORD, "000000")).rejects.toMatchObject({ reason: "session.wrong_totp" });
    await signIn(PASSWORD, code());
  });

  test("a code works once", async () => {
    const { email, code } = await enrolled();
    await world.signIn(email, code());
    await expect(world.signIn(email, code())).rejects.toMatchObject({ reason: "session.wrong_totp" });
  });

  test("ten wrong codes close the login", async () => {
    const { email, code } = await enrolled();
    for (let index = 0; index < 10; index += 1) await world.signIn(email, "000000").catch(() => null);
    await expect(world.signIn(email, code())).rejects.toMatchObject({ reason: "session.too_many_attempts" });
  });

  test("the session that set it up goes on, the user's other sessions end", async () => {
    const { email } = await world.staff();
    const [first, second] = [await world.signIn(email), await world.signIn(email)];
    const { secret } = await beginTotp(world.visitor(), { sessionId: first.sessionId });
    await confirmTotp(world.visitor(), {
      sessionId: first.sessionId,
      code: totpCode(secret, world.now().getTime()),
    });
    expect(await stateOf(first.sessionId)).toBe("active");
    expect(await stateOf(second.sessionId)).toBe("ended");
  });

  test("demanded by the setting lets staff do nothing but set it up", async () => {
    await database.db.insert(settings).values({ key: "identity.staff_totp", value: true });
    const { email } = await world.staff("manager");
    const { sessionId, reading } = await world.signIn(email);
    expect(reading).toEqual({ state: "needs_totp", sessionId });
    const { secret, link } = await beginTotp(world.visitor(), { sessionId });
    expect(link).toContain(`secret=${secret}`);
    expect(await beginTotp(world.visitor(), { sessionId })).toMatchObject({ secret });
    await expect(confirmTotp(world.visitor(), { sessionId, code: "000000" })).rejects.toMatchObject({
      reason: "session.wrong_totp",
    });
    await confirmTotp(world.visitor(), { sessionId, code: totpCode(secret, world.now().getTime()) });
    expect(await stateOf(sessionId)).toBe("active");
    await expect(beginTotp(world.visitor(), { sessionId })).rejects.toMatchObject({ reason: "totp.already_set" });
  });

  test("cannot be begun on a session that ended", async () => {
    const { ctx, sessionId } = await signedIn();
    await endSession(ctx, { sessionId });
    await expect(beginTotp(world.visitor(), { sessionId })).rejects.toMatchObject({ reason: "session.not_found" });
  });
});
