import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { openDatabase } from "@/db/open-database";
import { demoLogins, seedDemo } from "@/server/cli/demo-seed";
import { copyWithEmptyPage, EMPTY_PATH } from "./page-copy";
import { type BenchOptions, type BenchResult, ratios } from "./report";
import { scratchStack } from "./scratch-stack";
import { median, rounded } from "./statistics";

const CONNECTIONS = 8;
const SECONDS = 6;
const NETWORK_MS = 180_000;
const AUTOCANNON = join(import.meta.dirname, "..", "..", "..", "node_modules/autocannon/autocannon.js");

interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p97Ms: number;
}

/**
 * The cabinet's first screen of a subscriber with fourteen months of history, signed in, against a page that asks one
 * query and shows nothing, both from one production server, in turn.
 */
export async function page(options: BenchOptions): Promise<BenchResult> {
  const copy = copyWithEmptyPage();
  options.defer(copy.remove);
  options.say("building a copy of the application with an empty page in it");
  const { stack, close } = await scratchStack({ root: copy.root });
  options.defer(close);
  options.say("making the demo operator");
  await seedDemo({ databaseUrl: stack.database.app, onProgress: () => {} });
  await networkAtRest(stack.database.app);
  const base = stack.url;
  const cookie = await signIn(base);
  const pages = { ours: `${base}/my`, limit: `${base}${EMPTY_PATH}` };
  for (const url of Object.values(pages)) await mustAnswer(url, cookie);

  await load(pages.ours, cookie, 3);
  await load(pages.limit, cookie, 3);
  const [ours, limit]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < options.rounds; round += 1) {
    ours.push(await load(pages.ours, cookie, SECONDS));
    limit.push(await load(pages.limit, cookie, SECONDS));
    options.say(
      `round ${round + 1}: cabinet ${ours[round]?.perSecond}, empty page ${limit[round]?.perSecond} requests/s`,
    );
  }
  const figures = (loads: readonly Load[]) => ({
    perSecond: rounded(median(loads.map((one) => one.perSecond)), 1),
    connections: CONNECTIONS,
  });
  return {
    name: "page",
    scale: Math.round(median(ours.map((one) => one.perSecond)) * SECONDS),
    ours: figures(ours),
    limit: figures(limit),
    ...ratios(figures(ours), figures(limit)),
    p50Ms: rounded(median(ours.map((one) => one.p50Ms))),
    p95Ms: rounded(median(ours.map((one) => one.p97Ms))),
    peakRssMiB: rounded(process.resourceUsage().maxRSS / 1024),
    seed: options.seed,
    rounds: options.rounds,
    notes: [
      "scale is requests a round; peakRssMiB is the bench's own, the server is another process",
      "p95Ms is the 97.5th percentile, the nearest that the load generator tells",
    ],
  };
}

/** The worker reads back what the seed desired; until it has, it would compete with the pages. */
async function networkAtRest(databaseUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl, { max: 1, name: "uzel bench" });
  const deadline = Date.now() + NETWORK_MS;
  try {
    for (;;) {
      const [row] = await database.sql<{ waiting: number }[]>`
        select count(*)::int as waiting from services where actual_version is distinct from desired_version`;
      if (row?.waiting === 0) return;
      if (Date.now() > deadline) throw new Error(`${row?.waiting} services are still waiting for the network`);
      await pause(250);
    }
  } finally {
    await database.close();
  }
}

/** As the sign-in page does it; what comes back is the cookie header of the subscriber's browser. */
async function signIn(base: string): Promise<string> {
  const [subscriber] = demoLogins;
  if (!subscriber) throw new Error("the demo has no subscriber");
  const asked = await fetch(`${base}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const signed = await fetch(`${base}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookiesOf(asked), origin: base },
    body: new URLSearchParams({
      csrfToken,
      identifier: subscriber.login,
      password: subscriber.password,
      callbackUrl: "/",
      json: "true",
    }),
    redirect: "manual",
  });
  const cookie = cookiesOf(signed);
  if (!cookie.includes("uzel.session")) throw new Error(`signing in failed with status ${signed.status}`);
  return cookie;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

async function mustAnswer(url: string, cookie: string): Promise<void> {
  const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
  await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
}

async function load(url: string, cookie: string, seconds: number): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    AUTOCANNON,
    ...["--json", "--no-progress", "-c", String(CONNECTIONS), "-d", String(seconds), "-H", `cookie=${cookie}`, url],
  ]);
  const told = JSON.parse(stdout) as {
    requests: { average: number };
    latency: { p50: number; p97_5: number };
    non2xx: number;
    errors: number;
  };
  if (told.non2xx + told.errors > 0)
    throw new Error(`${url}: ${told.non2xx} refusals, ${told.errors} errors under load`);
  return { perSecond: told.requests.average, p50Ms: told.latency.p50, p97Ms: told.latency.p97_5 };
}
