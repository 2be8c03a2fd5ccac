import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { acquireDatabase, openDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { type Command, CommandError, runCommand } from "@/server/cli/run-command";
import { dataDir } from "@/server/data-dir";
import { env } from "@/server/env";
import {
  type RadiusConfig,
  RadiusConfigError,
  type RadiusDaemon,
  RadiusDaemonError,
  radiusSecret,
  startRadiusDaemon,
  writeRadiusConfig,
} from "@/server/integrations/radius";

const USAGE = `npm run radius -- [options]
  --dir D           configuration directory (default: radius in the data folder)
  --auth-port P     UDP port of authentication (default 18120)
  --acct-port P     UDP port of accounting (default: the next one)
  --listen A        address to listen on, * for all (default 127.0.0.1)
  --probe-from A    address our own questions come from (default 127.0.0.1)
  --write-only      write the configuration and end`;

/** How often the list of network access servers is compared with the one the daemon was started with. */
const CLIENTS_EVERY_MS = 15_000;

await runCommand(async (command) => {
  try {
    await serve(command, readOptions());
  } catch (error) {
    if (error instanceof RadiusDaemonError || error instanceof RadiusConfigError) throw new CommandError(error.message);
    throw error;
  }
});

async function serve({ defer, signal, interrupted }: Command, options: Options): Promise<void> {
  const { url, release } = await radiusDatabase();
  defer(release);
  const config = writeRadiusConfig({
    ...options,
    databaseUrl: url,
    probeAddress: options.probeFrom,
    probeSecret: radiusSecret(),
  });
  if (options.writeOnly) {
    console.log(`The FreeRADIUS configuration is in ${config.dir}`);
    return;
  }
  const database = openDatabase(url, { max: 1, name: "uzel radius" });
  defer(database.close);
  const clients = async () =>
    JSON.stringify(await database.sql`select nasname, secret from radius.nas order by nasname`);
  let daemon: RadiusDaemon | undefined;
  defer(async () => daemon?.stop());
  let announced = false;
  while (!signal.aborted) {
    const startedWith = await clients();
    daemon = await startRadiusDaemon(config, { onLine: (line) => /Error|Warn/.test(line) && console.log(line) });
    if (!announced) console.log(readyLine(config));
    announced = true;
    const ended = daemon.ended.then((code) => ({ code }));
    const outcome = await Promise.race([ended, interrupted.then(() => null), changed(clients, startedWith, signal)]);
    if (outcome === null || signal.aborted) return;
    if (outcome !== "changed") throw new CommandError(`FreeRADIUS ended with code ${outcome.code}.`);
    console.log("The network access servers have changed: starting RADIUS again.");
    await daemon.stop();
  }
}

function readyLine({ listen, authPort, acctPort, dir }: RadiusConfig): string {
  return `RADIUS is ready: authentication ${listen}:${authPort}, accounting ${listen}:${acctPort}, configuration ${dir}`;
}

/** The URL that a supervisor handed down, else the migrated database of this installation. */
async function radiusDatabase(): Promise<{ url: string; release(): Promise<void> }> {
  if (env.DATABASE_RADIUS_URL) return { url: env.DATABASE_RADIUS_URL, release: async () => {} };
  const { urls, release } = await acquireDatabase();
  await migrateDatabase(urls);
  return { url: urls.radius, release };
}

/** FreeRADIUS reads its clients only when it starts. A database that is away has not changed them. */
async function changed(read: () => Promise<string>, startedWith: string, signal: AbortSignal): Promise<"changed"> {
  for (;;) {
    await pause(CLIENTS_EVERY_MS, undefined, { signal });
    const now = await read().catch(() => startedWith);
    if (now !== startedWith) return "changed";
  }
}

type Options = ReturnType<typeof readOptions>;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: "string" },
        "auth-port": { type: "string", default: "18120" },
        "acct-port": { type: "string" },
        listen: { type: "string", default: "127.0.0.1" },
        "probe-from": { type: "string", default: "127.0.0.1" },
        "write-only": { type: "boolean", default: false },
      },
    });
    const authPort = toPort(values["auth-port"]);
    return {
      dir: values.dir ?? join(dataDir(), "radius"),
      authPort,
      acctPort: values["acct-port"] === undefined ? authPort + 1 : toPort(values["acct-port"]),
      listen: values.listen,
      probeFrom: values["probe-from"],
      writeOnly: values["write-only"],
    };
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new CommandError(`${text} is not a port.`);
  return port;
}
