import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { registerSubscribers } from "@/server/domain/crm";
import { recordPayments } from "@/server/domain/payments";
import { listRuns, openRun, readRun } from "@/server/domain/runs";
import { startSubscriptions } from "@/server/domain/subscriptions";
import { childEnvironment } from "@/server/env";
import { addDays, addMonths, dayIn, monthStart } from "@/server/kernel/day";
import { createWorld, type World, ZONE } from "./world";

const ACCOUNTS = 120;
/** The command goes by the real clock: the month before this one is over whenever the test runs. */
const LAST_MONTH = addMonths(monthStart(dayIn(new Date(), ZONE)), -1);
const PERIOD = LAST_MONTH.slice(0, 7);

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, LAST_MONTH);
  const tariffId = await world.tariff({ feeMinor: 600_00n });
  const people = await registerSubscribers(
    world.ctx,
    Array.from({ length: ACCOUNTS }, (_, index) => ({
      kind: "person" as const,
      name: `Абонент ${index}`,
      phone: `+7912${index.toString().padStart(7, "0")}`,
      contractNumber: `Д-${index}`,
      accountNumber: `8${index.toString().padStart(5, "0")}`,
      openedOn: LAST_MONTH,
      anchorDay: 1,
      creditLimitMinor: 0n,
      address: { city: "Пермь", street: "ул. Лесная", house: `${index}`, flat: "1" },
    })),
  );
  await startSubscriptions(
    world.ctx,
    people.map(({ accountId }) => ({ accountId, tariffId, startedOn: LAST_MONTH })),
  );
  await recordPayments(
    world.ctx,
    people.map(({ accountId }, index) => ({
      accountId,
      provider: "office" as const,
      externalId: `c-${index}`,
      amountMinor: 5_000_00n,
      paidAt: world.ctx.now(),
      bookedOn: LAST_MONTH,
    })),
  );
});
afterAll(() => database.close());

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "server/cli/billing.ts", ...args], {
    cwd: join(import.meta.dirname, "../.."),
    env: childEnvironment({
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      DATABASE_RADIUS_URL: database.radiusUrl,
      OPERATOR_ZONE: ZONE,
    }),
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, "close").then(([code]) => ({
    code: code as number,
    stdout,
    stderr,
    last: stdout.trimEnd().split("\n").at(-1) ?? "",
  }));
  return { child, ended };
}
const run = (...args: string[]) => start(...args).ended;

/** In the order of an operator's day: each begins where the one before ended. */
describe("npm run billing", () => {
  test.each([
    [["run", "--period", "2026-13"], "--period 2026-13: a month is written YYYY-MM"],
    [["run", "--period", "10.2026"], "--period 10.2026: a month is written YYYY-MM"],
    [["preview"], "--period is missing"],
    [["run", "--period", "2099-01"], "2099-01 has not begun"],
    [["run", "--period", "2019-01"], "Nobody has an account in 2019-01"],
    [["resume", "--period", PERIOD], `No run of ${PERIOD} is open.`],
  ])("%j is refused in one clear line", async (args, words) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect((await listRuns(world.ctx)).runs).toHaveLength(0);
  });

  test("preview tells what the month would come to and charges nothing", async () => {
    const { code, last, stderr } = await run("preview", "--period", PERIOD, "--json");
    expect(code, stderr).toBe(0);
    expect(JSON.parse(last)).toMatchObject({
      ok: true,
      command: "preview",
      period: PERIOD,
      state: "previewed",
      asOf: addDays(addMonths(LAST_MONTH, 1), -1),
      accounts: ACCOUNTS,
      charged: ACCOUNTS,
      chargedMinor: ACCOUNTS * 600_00,
    });
    expect(stderr).toContain(`${ACCOUNTS} / ${ACCOUNTS} accounts`);
    expect(await database.sql`select 1 from charges limit 1`).toHaveLength(0);
  });

  test("run charges nothing until a second person has approved", async () => {
    const { code, stderr } = await run("run", "--period", PERIOD);
    expect(code).toBe(1);
    expect(stderr).toContain("a second person approves the run");
    expect(await database.sql`select 1 from charges limit 1`).toHaveLength(0);
  });

  test("cancel ends it, and says what stays", async () => {
    const { code, stdout } = await run("cancel", "--period", PERIOD);
    expect(code).toBe(0);
    expect(stdout).toContain("What is charged stays charged: 0.00 from 0 accounts");
  });

  test("Ctrl-C pauses cleanly, and resume ends what it began", async () => {
    const { runId } = await openRun(world.asStaff("admin"), { period: PERIOD, chunkSize: 1 });
    const { child, ended } = start("run", "--period", PERIOD, "--workers", "2", "--approve");
    const done = async () => (await readRun(world.ctx, { runId })).charging?.progress.doneAccounts ?? 0;
    await expect.poll(done, { timeout: 45_000, interval: 20 }).toBeGreaterThan(0);
    child.kill("SIGINT");
    const interrupted = await ended;
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toMatch(/Paused\. \d+ \/ 120 accounts/);
    const paused = await readRun(world.ctx, { runId });
    expect(paused.state).toBe("paused");
    const charged = await database.sql`select 1 from charges`;
    expect(paused.charging?.totals.charged).toBe(charged.length);
    expect(charged.length).toBeLessThan(ACCOUNTS);

    const again = await run("run", "--period", PERIOD);
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining(`is paused: npm run billing -- resume --period ${PERIOD}`),
    ]);
    const resumed = await run("resume", "--period", PERIOD, "--json");
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.last)).toMatchObject({
      ok: true,
      state: "finished",
      closed: true,
      charged: ACCOUNTS,
      chargedMinor: ACCOUNTS * 600_00,
    });
    expect(await database.sql`select 1 from charges`).toHaveLength(ACCOUNTS);
  });

  test("run again over the same month adds nothing", async () => {
    const { code, last, stderr } = await run("run", "--period", PERIOD, "--approve", "--json");
    expect(code, stderr).toBe(0);
    expect(JSON.parse(last)).toMatchObject({
      ok: true,
      kind: "repeat",
      closed: true,
      charged: 0,
      skipped: ACCOUNTS,
      skippedFor: { already_charged: ACCOUNTS },
      chargedMinor: 0,
    });
    expect(await database.sql`select 1 from charges`).toHaveLength(ACCOUNTS);
  });
});
