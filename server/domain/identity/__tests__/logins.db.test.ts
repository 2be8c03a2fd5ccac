import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, users } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readDemoLogins } from "@/server/auth/demo-logins";
import {
  beginTotp,
  confirmTotp,
  createUser,
  dropTotp,
  findUser,
  issueLogin,
  issuePassword,
  listStaff,
  readSession,
  startSession,
} from "../index";
import { totpCode } from "../rules/totp";
import { identityWorld, PASSWORD } from "./identity-world";

let database: TestDatabase;
let world: ReturnType<typeof identityWorld>;

beforeAll(async () => {
  database = await testDatabase();
  world = identityWorld(database);
});
afterAll(() => database.close());

const WRONG = { reason: "session.wrong_credentials" };
const signIn = (identifier: string, password: string) => startSession(world.visitor(), { identifier, password });

describe("a customer's login", () => {
  const known = (phone: string, number: string) => [
    { kind: "phone" as const, value: phone },
    { kind: "email" as const, value: `${number}@Mail.Example` },
    { kind: "contract" as const, value: `Д-${number}` },
    { kind: "account" as const, value: number },
  ];

  test("is made with all that the customer is known by, and its password is in no record", async () => {
    const customerId = await world.customer();
    const issued = await issueLogin(world.job(), { customerId, identifiers: known("+79120000001", "500001") });
    expect(issued).toMatchObject({ made: true });
    for (const typed of ["8 912 000-00-01", "500001@mail.example", "д-500001", "л/с 500001"]) {
      expect(await signIn(typed, issued.password)).toMatchObject({ userId: issued.userId, role: "subscriber" });
    }
    const [leak] = await database.sql`
      select 1 from audit_log where after::text like ${`%${issued.password}%`}
      union all select 1 from events where payload::text like ${`%${issued.password}%`}`;
    expect(leak).toBeUndefined();
  });

  test("given out again has a new password; the old one and the sessions it opened are of no use", async () => {
    const customerId = await world.customer();
    const input = { customerId, identifiers: known("+79120000002", "500002") };
    const first = await issueLogin(world.job(), input);
    const { sessionId } = await signIn("500002", first.password);
    const second = await issueLogin(world.job(), input);
    expect(second).toMatchObject({ made: false, userId: first.userId });
    await expect(signIn("500002", first.password)).rejects.toMatchObject(WRONG);
    await signIn("500002", second.password);
    expect(await readSession(world.visitor(), sessionId)).toMatchObject({ state: "ended" });
  });

  test("leaves out a phone that somebody of the family signs in with, and refuses when nothing is left", async () => {
    const family = "+79120000003";
    const mother = await issueLogin(world.job(), {
      customerId: await world.customer(),
      identifiers: known(family, "500003"),
    });
    const customerId = await world.customer();
    const son = await issueLogin(world.job(), { customerId, identifiers: known(family, "500004") });
    expect(son.identifiers.map((one) => one.kind).sort()).toEqual(["account", "contract", "email"]);
    expect(await signIn(family, mother.password)).toMatchObject({ userId: mother.userId });
    const nobody = { customerId: await world.customer(), identifiers: [{ kind: "phone" as const, value: family }] };
    const before = await database.db.$count(users);
    await expect(issueLogin(world.job(), nobody)).rejects.toMatchObject({ reason: "user.identifier_taken" });
    expect(await database.db.$count(users)).toBe(before);
  });

  test("that was disabled stays so", async () => {
    const customerId = await world.customer();
    const input = { customerId, identifiers: known("+79120000005", "500005") };
    const { userId } = await issueLogin(world.job(), input);
    await database.db.update(users).set({ disabledAt: world.now() }).where(eq(users.id, userId));
    await expect(issueLogin(world.job(), input)).rejects.toMatchObject({ reason: "user.disabled" });
  });

  test("is given by support and administrators, and by nobody else", async () => {
    const customerId = await world.customer();
    const input = { customerId, identifiers: known("+79120000006", "500006") };
    for (const role of ["billing_operator", "manager", "product_manager"] as const) {
      const { reading } = await world.signIn((await world.staff(role)).email);
      if (reading.state !== "active") throw new Error("not signed in");
      await expect(issueLogin(world.as(reading.actor), input), role).rejects.toMatchObject({ kind: "forbidden" });
    }
  });
});

describe("somebody who lost a thing", () => {
  test("a password: a new one signs in, the old one and its sessions do not, and the audit says who reset it", async () => {
    const { userId, email } = await world.staff("support_agent");
    const { sessionId } = await world.signIn(email);
    const { password } = await issuePassword(world.job(), { userId });
    await expect(signIn(email, PASSWORD)).rejects.toMatchObject(WRONG);
    await signIn(email, password);
    expect(await readSession(world.visitor(), sessionId)).toMatchObject({ state: "ended" });
    const rows = await database.db.select().from(auditLog).where(eq(auditLog.entityId, userId));
    expect(rows.map((row) => row.action)).toContain("user.issue_password");
  });

  test("an authenticator: the password alone signs in again", async () => {
    const { userId, email } = await world.staff("admin");
    const { sessionId } = await world.signIn(email);
    const { secret } = await beginTotp(world.visitor(), { sessionId });
    await confirmTotp(world.visitor(), { sessionId, code: totpCode(secret, world.now().getTime()) });
    await expect(signIn(email, PASSWORD)).rejects.toMatchObject({ reason: "session.totp_needed" });
    await dropTotp(world.job(), { userId });
    expect(await readSession(world.visitor(), sessionId)).toMatchObject({ state: "ended" });
    await signIn(email, PASSWORD);
  });

  test("somebody who is not there has nothing to reset", async () => {
    const userId = world.job().newId();
    await expect(issuePassword(world.job(), { userId })).rejects.toMatchObject({ reason: "user.not_found" });
    await expect(dropTotp(world.job(), { userId })).rejects.toMatchObject({ reason: "user.not_found" });
  });
});

test("the list is of the operator's people, and one is found by whatever they type", async () => {
  const { userId, email } = await world.staff("manager");
  expect(await findUser(world.job(), email.toUpperCase())).toMatchObject({ userId, role: "manager", logins: [email] });
  expect(await findUser(world.job(), "nobody@uzel.test")).toBeNull();
  const staff = await listStaff(world.job());
  expect(staff.map((one) => one.userId)).toContain(userId);
  expect(staff.map((one) => one.role)).not.toContain("subscriber");
});

test("the sign-in page offers a demo's logins that are there, and none outside a demo or beside real subscribers", async () => {
  expect(await readDemoLogins(world.visitor(), true)).toEqual([]);
  await createUser(world.job(), {
    role: "admin",
    displayName: "Павел Ситников",
    password: PASSWORD,
    identifiers: [{ kind: "email", value: "admin@demo.uzel" }],
  });
  expect(await readDemoLogins(world.visitor(), true)).toEqual([{ role: "admin", login: "admin@demo.uzel" }]);
  expect(await readDemoLogins(world.visitor(), false)).toEqual([]);
});
