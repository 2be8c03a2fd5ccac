import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "@/db/embedded/processes";
import { awaitReady, type Child, startChild } from "@/server/cli/children";
import { firstFreePort, requireFreePort } from "@/server/cli/ports";

/** Says its number, then lives until it is told to end. */
const LIVES = "console.log('up ' + process.pid); setInterval(() => {}, 1000);";
const STUBBORN = `process.on('SIGTERM', () => {}); ${LIVES}`;

describe("a supervised process", () => {
  let dir: string;
  let children: Child[];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "uzel-children-"));
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(dir, { recursive: true, force: true });
  });

  function start(code: string, restart: boolean, onRestart?: () => void): Child {
    const child = startChild({ name: "it", args: ["-e", code], env: { ...process.env }, restart }, dir, onRestart);
    children.push(child);
    return child;
  }

  const said = (child: Child) => readFileSync(child.logFile, "utf8");
  const isUp = (child: Child) => until(() => said(child).includes(`up ${child.pid()}`));

  async function until(condition: () => boolean): Promise<void> {
    for (let turn = 0; turn < 500 && !condition(); turn += 1) await pause(20);
    expect(condition()).toBe(true);
  }

  it("comes back under another number when it was killed -9", async () => {
    let restarts = 0;
    const child = start(LIVES, true, () => {
      restarts += 1;
    });
    await isUp(child);
    const first = child.pid();
    process.kill(first, "SIGKILL");
    await until(() => restarts === 1);
    expect(child.pid()).not.toBe(first);
    await isUp(child);
  });

  it("stays ended once it was told to stop", async () => {
    const child = start(LIVES, true);
    await isUp(child);
    const pid = child.pid();
    await child.stop();
    await pause(400);
    expect(isAlive(pid)).toBe(false);
    expect(child.pid()).toBe(pid);
  });

  it("is killed when it does not listen to a polite request", async () => {
    const child = start(STUBBORN, true);
    await isUp(child);
    const pid = child.pid();
    await child.stop();
    expect(isAlive(pid)).toBe(false);
  }, 15_000);

  it("takes the processes it started along", async () => {
    const grandchild = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', ${JSON.stringify(LIVES)}], { stdio: 'inherit' });`;
    const child = start(`${grandchild} ${LIVES}`, true);
    await until(() => (said(child).match(/up \d+/g) ?? []).length === 2);
    const pids = [...said(child).matchAll(/up (\d+)/g)].map(([, pid]) => Number(pid));
    await child.stop();
    await until(() => pids.every((pid) => !isAlive(pid)));
  });

  it("tells the code of work that ends, and its last words when it was expected to live", async () => {
    expect(await start("process.exit(7)", false).ended).toBe(7);
    const broken = start("console.log('no such table: money'); process.exit(1)", true);
    await expect(awaitReady(broken, async () => false, 10_000)).rejects.toThrow(
      /it did not start.*no such table: money/s,
    );
  });

  it("ends by itself when the supervisor is killed -9", async () => {
    const supervisor = join(dir, "supervisor.ts");
    const module = pathToFileURL(join(import.meta.dirname, "..", "children.ts")).href;
    writeFileSync(
      supervisor,
      `import { startChild } from ${JSON.stringify(module)};
       startChild({ name: "orphan", args: ["-e", ${JSON.stringify(LIVES)}], env: process.env, restart: true }, ${JSON.stringify(dir)});
       setInterval(() => {}, 1000);`,
    );
    const process_ = spawn(process.execPath, ["--import", "tsx", supervisor], { stdio: "inherit" });
    const log = join(dir, "orphan.log");
    await until(() => existsSync(log) && /up \d+/.test(readFileSync(log, "utf8")));
    const pid = Number(/up (\d+)/.exec(readFileSync(log, "utf8"))?.[1]);
    process_.kill("SIGKILL");
    await once(process_, "exit");
    await until(() => !isAlive(pid));
  }, 20_000);
});

describe("ports", () => {
  it("a taken port is named in one line, a free one passes, and the next free one is found", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await once(squatter, "listening");
    const { port } = squatter.address() as { port: number };
    try {
      await expect(requireFreePort(port)).rejects.toThrow(/^Port \d+ is taken by another program: .*PORT.*$/);
      const free = await firstFreePort(port);
      expect(free).toBeGreaterThan(port);
      await requireFreePort(free);
    } finally {
      squatter.close();
    }
  });
});
