import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AcquiredDatabase, acquireDatabase, type ConnectionUrls, sandboxUrls } from "@/db/connections";
import { holdFile } from "@/db/embedded/lock";
import { migrateDatabase } from "@/db/migrate";
import { prepareSandbox, SandboxError } from "@/db/sandbox";
import { buildOnce } from "@/server/cli/build";
import {
  answersOk,
  awaitReady,
  type Child,
  type ChildSpec,
  entry,
  hasLiveWorker,
  nextCommand,
  startChild,
} from "@/server/cli/children";
import { keepDatabase } from "@/server/cli/keep-database";
import { firstFreePort, firstFreeUdpPair, requireFreePort } from "@/server/cli/ports";
import { step } from "@/server/cli/progress";
import { type Command, CommandError } from "@/server/cli/run-command";
import { authSecret, dataDir } from "@/server/data-dir";
import { childEnvironment, env } from "@/server/env";

const FREERADIUS = "/usr/sbin/freeradius";

export type StackOptions = {
  mode: "production" | "development";
  /** Marks every screen as the demo and loosens what only a demo may loosen. */
  demo?: boolean;
  /** Work over the migrated database before anything serves it; runs beside the build. */
  prepare?: (database: AcquiredDatabase, update: (text: string) => void) => Promise<void>;
  prepareTitle?: string;
};

/** What `stack.json` in the data folder tells tests and operators about a running stack. */
export type StackFile = {
  pid: number;
  url: string;
  database: ConnectionUrls;
  /** Null where there is none. */
  sandbox: ConnectionUrls | null;
  processes: Record<string, number>;
  yookassa: FakeProvider | null;
  radius: { dir: string; authPort: number } | null;
};

type FakeProvider = { apiUrl: string; shopId: string; secretKey: string };

export const stackFile = (dir: string) => join(dir, "stack.json");

/** One stack a data folder: two would share one RADIUS directory, one provider's memory and one `stack.json`. */
async function claimDataFolder(command: Command): Promise<void> {
  const file = join(dataDir(), "stack.lock");
  const holder = await holdFile(file, env.UZEL_PUBLIC_URL);
  if (holder) {
    throw new CommandError(
      `Uzel already runs on ${dataDir()} at ${holder.words} (process ${holder.pid}): use that one, stop it, or set UZEL_DATA_DIR and PORT to start another.`,
    );
  }
  command.defer(async () => rmSync(file, { force: true }));
}

/**
 * Database, web, worker and, where they are wanted, the fake payment provider and FreeRADIUS: one installation in one
 * data folder on one port. Everything started is deferred for stopping; resolves when the web server is healthy.
 */
export async function startStack(command: Command, options: StackOptions): Promise<StackFile> {
  await claimDataFolder(command);
  await requireFreePort(env.PORT);
  const logsDir = join(dataDir(), "logs");
  const database = await step("Database", async () => {
    const acquired = await acquireDatabase();
    command.defer(acquired.release);
    await migrateDatabase(acquired.urls);
    const keeper = keepDatabase(acquired);
    command.defer(keeper.stop);
    return acquired;
  });
  command.signal.throwIfAborted();
  const defer = (child: Child) => command.defer(() => child.stop());
  const [sandbox] = await Promise.all([
    readySandbox(database),
    options.mode === "production" ? step("Build", () => buildOnce(logsDir, defer)) : undefined,
    options.prepare &&
      step(options.prepareTitle ?? "Data", (update) => options.prepare?.(database, update) ?? Promise.resolve()),
  ]);
  command.signal.throwIfAborted();

  const children: Child[] = [];
  const stack: StackFile = {
    pid: process.pid,
    url: env.UZEL_PUBLIC_URL,
    database: database.urls,
    sandbox,
    processes: {},
    yookassa: null,
    radius: null,
  };
  let ready = false;
  const note = () => {
    if (!ready) return;
    stack.processes = Object.fromEntries(children.map((child) => [child.name, child.pid()]));
    writeFileSync(stackFile(dataDir()), `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  };
  const launch = (spec: Omit<ChildSpec, "restart">) => {
    const restarted = () => {
      console.log(`${spec.name} had ended: started again (${join(logsDir, `${spec.name}.log`)}).`);
      note();
    };
    const child = startChild({ ...spec, restart: true }, logsDir, restarted);
    defer(child);
    children.push(child);
    return child;
  };
  command.defer(async () => rmSync(stackFile(dataDir()), { force: true }));

  const shared = sharedEnvironment(options, database.urls);
  await step("Services", async () => {
    stack.yookassa = env.YOOKASSA_SHOP_ID ? null : await startFakeProvider(launch, shared);
    stack.radius = existsSync(FREERADIUS) && !env.RADIUS_HOST ? await startRadius(launch, shared, database.urls) : null;
    Object.assign(shared, yookassaEnvironment(stack.yookassa), radiusEnvironment(stack.radius));
    const worker = launch({ name: "worker", args: entry("server/jobs/worker.ts"), env: shared });
    const web = launch({
      name: "web",
      args: webArguments(options.mode),
      env: { ...shared, SANDBOX_DATABASE_APP_URL: sandbox?.app },
    });
    await awaitReady(web, () => answersOk(`${ownAddress()}/api/health`), 120_000);
    await awaitReady(worker, () => hasLiveWorker(`${ownAddress()}/api/health`), 60_000);
    ready = true;
    note();
  });
  return stack;
}

/** The product works without its sandbox, so one that cannot be had is news, in one line, and not the end. */
async function readySandbox(database: AcquiredDatabase): Promise<ConnectionUrls | null> {
  const urls = sandboxUrls(database);
  if (!urls) return null;
  try {
    await prepareSandbox(database.urls, urls);
    return urls;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    console.error(error.message);
    return null;
  }
}

/** Where our own processes reach the web server: on this machine, whatever it is called outside. */
function ownAddress(): string {
  const host = ["0.0.0.0", "::"].includes(env.HOST) ? "127.0.0.1" : env.HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${env.PORT}`;
}

function webArguments(mode: StackOptions["mode"]): string[] {
  return nextCommand(mode === "production" ? "start" : "dev", "--hostname", env.HOST, "--port", String(env.PORT));
}

/** Web and worker get the app role's URL alone: what they do not know they cannot leak or misuse. */
function sharedEnvironment({ mode, demo }: StackOptions, urls: ConnectionUrls): NodeJS.ProcessEnv {
  return childEnvironment({
    NODE_ENV: mode,
    UZEL_DEMO: demo ? "1" : undefined,
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: undefined,
    DATABASE_APP_URL: urls.app,
    DATABASE_RADIUS_URL: undefined,
    SANDBOX_DATABASE_URL: undefined,
    SANDBOX_DATABASE_APP_URL: undefined,
    UZEL_DATA_DIR: env.UZEL_DATA_DIR,
    HOST: env.HOST,
    PORT: String(env.PORT),
    UZEL_PUBLIC_URL: env.UZEL_PUBLIC_URL,
    NEXTAUTH_URL: env.UZEL_PUBLIC_URL,
    NEXTAUTH_SECRET: authSecret(),
  });
}

type Launch = (spec: Omit<ChildSpec, "restart">) => Child;

async function startFakeProvider(launch: Launch, shared: NodeJS.ProcessEnv): Promise<FakeProvider> {
  const shopId = "100500";
  const secretKey = `test_${randomBytes(24).toString("base64url")}`;
  const port = await firstFreePort(env.PORT + 1);
  const child = launch({
    name: "payment-provider",
    args: entry(
      "server/integrations/yookassa/fake/main.ts",
      `--port=${port}`,
      `--webhook-url=${ownAddress()}/api/webhooks/yookassa`,
      `--state-file=${join(dataDir(), "fake-provider.json")}`,
      `--shop-id=${shopId}`,
      `--secret-key=${secretKey}`,
    ),
    env: shared,
  });
  let apiUrl = "";
  await awaitReady(
    child,
    async () => {
      const line = readFileSync(child.logFile, "utf8")
        .split("\n")
        .findLast((text) => text.includes('"ready":true'));
      if (line) apiUrl = (JSON.parse(line) as { apiUrl: string }).apiUrl;
      return apiUrl !== "";
    },
    30_000,
  );
  return { apiUrl, shopId, secretKey };
}

function yookassaEnvironment(fake: FakeProvider | null): Record<string, string> {
  if (!fake) return {};
  return {
    YOOKASSA_SHOP_ID: fake.shopId,
    YOOKASSA_SECRET_KEY: fake.secretKey,
    YOOKASSA_API_URL: fake.apiUrl,
    YOOKASSA_TEST_MODE: "1",
  };
}

async function startRadius(launch: Launch, shared: NodeJS.ProcessEnv, urls: ConnectionUrls) {
  const authPort = await firstFreeUdpPair(18_120);
  const dir = join(dataDir(), "radius");
  const child = launch({
    name: "radius",
    args: entry("server/cli/radius.ts", "--dir", dir, "--auth-port", String(authPort)),
    env: { ...shared, DATABASE_RADIUS_URL: urls.radius },
  });
  const announced = async () => readFileSync(child.logFile, "utf8").includes("RADIUS is ready");
  // The product works without its network and catches up later, so this is news and not the end.
  await awaitReady(child, announced, 30_000).catch((error: Error) => console.error(error.message));
  return { dir, authPort };
}

function radiusEnvironment(radius: StackFile["radius"]): Record<string, string> {
  return radius ? { RADIUS_HOST: "127.0.0.1", RADIUS_AUTH_PORT: String(radius.authPort) } : {};
}
