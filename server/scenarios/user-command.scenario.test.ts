import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { startSession } from "@/server/domain/identity";
import { childEnvironment } from "@/server/env";
import { createContext } from "@/server/platform/context";
import { createWorld } from "./world";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function user(...args: string[]) {
  const env = childEnvironment({
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    DATABASE_RADIUS_URL: database.radiusUrl,
  });
  const command = ["--import", "tsx", "server/cli/user.ts", ...args];
  const cwd = join(import.meta.dirname, "../..");
  const done = await promisify(execFile)(process.execPath, command, { cwd, env }).then(
    (answer) => ({ ...answer, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
  return { ...done, password: /^Password: (\S+)$/m.exec(done.stdout)?.[1] ?? "" };
}

const signIn = (identifier: string, password: string) =>
  startSession(createContext({ db: database.db, actor: { kind: "anonymous", address: null }, zone: "Europe/Moscow" }), {
    identifier,
    password,
  });

test("npm run user makes the first administrator, resets a lost password and lists who is there", async () => {
  const email = "head@operator.example";
  const made = await user("add", "--role", "admin", "--name", "Анна Главная", "--email", email);
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(await signIn(email, made.password)).toMatchObject({ role: "admin" });

  const again = await user("add", "--role", "admin", "--name", "Анна Главная", "--email", email);
  expect(again).toMatchObject({ code: 1, stderr: "Somebody signs in with that already.\n" });

  const reset = await user("reset", email);
  await expect(signIn(email, made.password)).rejects.toMatchObject({ reason: "session.wrong_credentials" });
  expect(await signIn(email, reset.password)).toMatchObject({ role: "admin" });
  expect((await user("reset", "nobody@operator.example")).stderr).toBe(
    "Nobody signs in with nobody@operator.example.\n",
  );
  expect((await user("list")).stdout).toMatch(/^admin +head@operator\.example +Анна Главная$/m);
});

test("npm run user gives a subscriber a login by account number, and says when there is no such account", async () => {
  const world = await createWorld(database.db, "2026-11-14");
  const { accountNumber } = await world.subscriber({ phone: "+79123456741" });
  const made = await user("add", "--account", accountNumber);
  expect(made.code).toBe(0);
  for (const typed of ["8 912 345-67-41", accountNumber]) {
    expect(await signIn(typed, made.password)).toMatchObject({ role: "subscriber" });
  }
  expect(await user("add", "--account", "000")).toMatchObject({ code: 1, stderr: "There is no account 000.\n" });
});

test("a command that is not understood says how it is used and changes nothing", async () => {
  expect((await user("add", "--role", "owner", "--name", "X", "--email", "x@x.ru")).stderr).toMatch(
    /^npm run user -- /,
  );
  expect((await user("remove")).code).toBe(1);
  expect((await user("add", "--role", "admin", "--name", "X", "--email", "nonsense")).stderr).toBe(
    "That is not an e-mail address.\n",
  );
});
