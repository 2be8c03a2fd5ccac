import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRadiusConfig } from "../config";
import { FREERADIUS, type RadiusDaemon, startRadiusDaemon } from "../daemon";

const RADCLIENT = "/usr/bin/radclient";

/** Why a contract with the real daemon cannot be tested here; null when it can. */
export const radiusMissing: string | null =
  [FREERADIUS, RADCLIENT].filter((file) => !existsSync(file)).join(", ") || null;
if (radiusMissing) {
  process.stderr.write(
    `RADIUS contract tests skipped: ${radiusMissing} missing (apt-get install freeradius freeradius-postgresql freeradius-utils)\n`,
  );
}

export const TEST_SECRET = "radius-test-secret";

export interface Reply {
  /** `Access-Accept`, `Access-Reject`, `Accounting-Response`, or null for silence. */
  readonly code: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TestRadius {
  readonly authPort: number;
  readonly acctPort: number;
  readonly dir: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  ask(kind: "auth" | "acct", packet: string, options?: AskOptions): Promise<Reply>;
  /** Sends packets by the dozen; how many were answered well. */
  burst(kind: "auth" | "acct", packets: readonly string[], parallel: number): Promise<number>;
  close(): Promise<void>;
}

interface AskOptions {
  readonly secret?: string;
  readonly tries?: number;
  readonly timeoutSeconds?: number;
}

/** FreeRADIUS of the test's own, on free ports, over the database of the test; asked by its own `radclient`. */
export async function startTestRadius(databaseUrl: string, ports?: readonly [number, number]): Promise<TestRadius> {
  const dir = mkdtempSync(join(tmpdir(), "uzel-radius-"));
  const [authPort, acctPort] = ports ?? (await freeUdpPorts());
  const config = writeRadiusConfig({
    dir,
    databaseUrl,
    listen: "127.0.0.1",
    authPort,
    acctPort,
    probeAddress: "127.0.0.1",
    probeSecret: TEST_SECRET,
  });
  let daemon: RadiusDaemon | undefined;
  const radius: TestRadius = {
    authPort,
    acctPort,
    dir,
    async start() {
      daemon = await startRadiusDaemon(config);
    },
    async stop() {
      await daemon?.stop();
      daemon = undefined;
    },
    ask: (kind, packet, options) => ask(kind, kind === "auth" ? authPort : acctPort, packet, options),
    async burst(kind, packets, parallel) {
      const port = kind === "auth" ? authPort : acctPort;
      const args = ["-q", "-s", "-p", String(parallel), `127.0.0.1:${port}`, kind, TEST_SECRET];
      const [, accepted] = /Accepted\s*:\s*(\d+)/.exec(await radclient(args, packets.join("\n"))) ?? [];
      return Number(accepted);
    },
    async close() {
      await radius.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await radius.start();
  } catch (error) {
    await radius.close();
    throw error;
  }
  return radius;
}

async function ask(kind: string, port: number, packet: string, options: AskOptions = {}): Promise<Reply> {
  const { secret = TEST_SECRET, tries = 3, timeoutSeconds = 3 } = options;
  const args = ["-x", "-r", String(tries), "-t", String(timeoutSeconds), `127.0.0.1:${port}`, kind, secret];
  const [, received = ""] = (await radclient(args, packet)).split(/^Received /m);
  const lines = [...received.matchAll(/^\t([\w-]+) = (.*)$/gm)];
  return {
    code: /^[\w-]+/.exec(received)?.[0] ?? null,
    attributes: Object.fromEntries(lines.map(([, name = "", value = ""]) => [name, value.replace(/^"|"$/g, "")])),
  };
}

async function radclient(args: readonly string[], input: string): Promise<string> {
  const child = spawn(RADCLIENT, args, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { NODE_ENV: "test", LC_ALL: "C", TZ: "UTC" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  child.stdin.end(input);
  await once(child, "close");
  return output;
}

async function freeUdpPorts(): Promise<[number, number]> {
  const sockets = [createSocket("udp4"), createSocket("udp4")] as const;
  for (const socket of sockets) {
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
  }
  const [auth, acct] = sockets.map((socket) => socket.address().port);
  await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
  return [auth ?? 0, acct ?? 0];
}
