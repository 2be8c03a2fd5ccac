import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { acquireDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { CommandError, runCommand } from "@/server/cli/run-command";
import { PERIOD } from "@/server/domain/runs/constants";
import { env } from "@/server/env";
import { isDomainError } from "@/server/kernel/errors";
import { createContext } from "@/server/platform/context";
import { BILLING_COMMANDS, type Desk, WANTED, workBilling } from "./billing-commands";
import { LANES_PER_PROCESS } from "./billing-lanes";
import { figuresOf, refusalText, summaryText, waitsText } from "./billing-words";

const USAGE = `npm run billing -- <command> --period YYYY-MM [options]

  preview   what the month's run would charge; writes no money
  run       previews; once a second person has approved, charges and, of a month that is over, issues documents and closes
  resume    goes on with a run that was paused, stopped or killed
  close     closes a finished run once its month is over and everything ties
  cancel    cancels it; what is charged stays

  --period YYYY-MM   the month
  --approve          a second person's word: who looked at the preview is not who opened the run
  --workers <n>      chunks that are worked on side by side, ${LANES_PER_PROCESS} to a process (${defaultWorkers()})
  --json             end with one line of JSON

Ctrl-C pauses: chunks that are begun are finished, and resume goes on from there.`;

const started = performance.now();

await runCommand(async (command) => {
  const options = readOptions();
  const database = await acquireDatabase();
  command.defer(database.release);
  await migrateDatabase(database.urls);
  const { db, close } = openDatabase(database.urls.app, { max: 3, name: "uzel billing" });
  command.defer(close);
  const ctx = createContext({ db, actor: { kind: "job", name: "billing" }, zone: env.OPERATOR_ZONE });
  const desk: Desk = {
    command,
    ctx,
    databaseUrl: database.urls.app,
    workers: options.workers,
    approve: options.approve,
  };
  try {
    const { run, peakRssMiB, stays } = await workBilling[options.name](desk, options.period);
    const stage = options.name === "preview" ? run.preview : run.charging;
    console.log(summaryText(run, stage, stays));
    if (options.name === "run" && run.state === "previewed") console.error(waitsText(options.period));
    if (options.json) {
      const seconds = (performance.now() - started) / 1000;
      console.log(JSON.stringify(figuresOf(options.name, run, stage, { seconds, peakRssMiB })));
    }
    if (run.state !== WANTED[options.name]) command.exitWith(1);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const message = refusalText(error, options.period);
    if (options.json)
      console.log(
        JSON.stringify({ ok: false, command: options.name, period: options.period, refusal: error.reason, message }),
      );
    throw new CommandError(message);
  }
});

function defaultWorkers(): number {
  return LANES_PER_PROCESS * Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
}

function readOptions() {
  const { values, positionals } = parseOrExplain();
  const [given, ...more] = positionals;
  const name = BILLING_COMMANDS.find((one) => one === given);
  if (values.help || !name || more.length > 0) throw new CommandError(USAGE);
  if (!values.period || !PERIOD.test(values.period)) {
    throw new CommandError(`--period ${values.period ?? "is missing"}: a month is written YYYY-MM, as in 2026-10.`);
  }
  const workers = Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 32) {
    throw new CommandError(`--workers ${values.workers}: a number from 1 to 32.`);
  }
  return { name, period: values.period, workers, json: values.json, approve: values.approve };
}

function parseOrExplain() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        period: { type: "string" },
        workers: { type: "string", default: String(defaultWorkers()) },
        json: { type: "boolean", default: false },
        approve: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
