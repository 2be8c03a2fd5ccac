import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { acquireEmbedded } from "@/db/embedded";
import { clusterFiles, findPostmaster } from "@/db/embedded/cluster-files";
import { isAlive } from "@/db/embedded/processes";
import { openDatabase } from "@/db/open-database";

/** A server of this test's own. */
async function ownServer() {
  const dir = mkdtempSync(join(tmpdir(), "uzel-kept-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const ownerPassword = randomBytes(16).toString("hex");
  const start = async () => {
    const server = await acquireEmbedded({ dir, ownerPassword, database: "uzel", durable: false });
    onTestFinished(server.release);
    return server;
  };
  return { server: await start(), start, dir };
}

it("what was under way when the database died fails once, and nothing after it", async () => {
  const { server, dir } = await ownServer();
  const { db, close } = openDatabase(server.url, { max: 10 });
  onTestFinished(close);
  const question = (at: number, seconds: number) => sql`select ${at}::int as at, pg_sleep(${seconds})`;
  const page = (seconds: number) =>
    Promise.allSettled(
      Array.from({ length: 30 }, (_, at) => {
        if (at % 3 === 0) return db.execute(question(at, seconds));
        return db.transaction(async (tx) => {
          await tx.execute(question(at, 0));
          if (at % 3 === 1) await tx.execute(question(at, seconds));
          else await tx.transaction((inner) => inner.execute(question(at, seconds)));
        });
      }),
    );
  const failures = (answers: PromiseSettledResult<unknown>[]) =>
    answers.filter((one) => one.status === "rejected").length;
  expect(failures(await page(0))).toBe(0);
  for (let round = 0; round < 3; round += 1) {
    const underWay = page(0.3);
    await pause(100);
    const pid = findPostmaster(clusterFiles(dir))?.pid ?? 0;
    process.kill(pid, "SIGKILL");
    while (isAlive(pid)) await pause(10);
    expect(failures(await underWay)).toBeGreaterThan(0);
    await server.revive();
    expect(failures(await page(0))).toBe(0);
  }
});

it("a database that everybody has left is not started again", async () => {
  const { server, start } = await ownServer();
  await server.release();
  expect(await server.revive()).toBe(false);
  expect((await start()).started).toBe(true);
});
