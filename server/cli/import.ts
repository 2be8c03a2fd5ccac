import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { acquireDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { kopecks } from "@/server/cli/kopecks";
import { CommandError, runCommand } from "@/server/cli/run-command";
import { listStaff } from "@/server/domain/identity";
import {
  faultText,
  fileFault,
  findMapping,
  type ImportProgress,
  type ImportReport,
  importSubscribers,
  type Mapping,
  parseMapping,
  problemText,
  REPORT_LANGUAGES,
  type ReportLanguage,
  reportText,
  SHIPPED_MAPPINGS,
  wantedColumns,
} from "@/server/domain/imports";
import { env } from "@/server/env";
import { openCsv } from "@/server/integrations/csv";
import { isDay } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import { type Context, createContext } from "@/server/platform/context";

const USAGE = `npm run import -- <file.csv> --map <mapping> [options]

  --map <name|file.json>   ${SHIPPED_MAPPINGS.join(", ")}, or a mapping of your own
  --as-of YYYY-MM-DD       the day the file speaks of (today)
  --dry-run                do everything, write nothing
  --accept-rejects         import the good rows although others are refused
  --operator <name>        the operator's company, for a database that has none
  --lang ru|en             language of the report (ru)
  --json                   end with one line of JSON`;

const STAGES = {
  ru: { read: "Прочитано строк", write: "Записано счетов", prove: "Сверка с журналом" },
  en: { read: "Rows read", write: "Accounts written", prove: "Proving the ledger" },
} as const;

const NEXT_STEPS = {
  ru: {
    head: "Дальше:",
    admin: '  npm run user -- add --role admin --name "Имя Фамилия" --email you@example.com   первый администратор',
    subscribers:
      "  Вход абоненту: «Выдать доступ в кабинет» на его карточке или npm run user -- add --account <лицевой счёт>",
  },
  en: {
    head: "Next:",
    admin: '  npm run user -- add --role admin --name "Name" --email you@example.com   the first administrator',
    subscribers:
      "  A subscriber's login: “Give access to the cabinet” on their page, or npm run user -- add --account <number>",
  },
} as const;

const started = performance.now();

await runCommand(async ({ defer, exitWith }) => {
  const options = readOptions();
  try {
    const mapping = await readMapping(options.map);
    const file = await openCsv(options.file, mapping.format, wantedColumns(mapping));
    const database = await acquireDatabase();
    defer(database.release);
    await migrateDatabase(database.urls);
    const { db, close } = openDatabase(database.urls.app, { max: 2, name: "uzel import" });
    defer(close);
    const ctx = createContext({ db, actor: { kind: "job", name: "import" }, zone: env.OPERATOR_ZONE });
    const report = await importSubscribers(ctx, {
      file,
      mapping,
      options: {
        asOf: options.asOf,
        dryRun: options.dryRun,
        acceptRejects: options.acceptRejects,
        ...(options.operator ? { operatorName: options.operator } : {}),
      },
      onProgress: progressOn(options.language),
    });
    console.log(reportText(report, options.language));
    if (report.outcome === "imported") for (const line of await nextSteps(ctx, options.language)) console.log(line);
    if (options.json) console.log(JSON.stringify(figuresOf(report, options.language)));
    if (report.outcome === "refused") exitWith(1);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const message =
      faultText(error.reason, error.details, options.language) ?? refusalText(error.reason, error.details);
    if (options.json) console.log(JSON.stringify(figuresOfNothing(error.reason, message)));
    throw new CommandError(message);
  }
});

/** Nobody can sign in yet after a first import: who makes the logins, and how. */
async function nextSteps(ctx: Context, language: ReportLanguage): Promise<string[]> {
  const hasAdmin = (await listStaff(ctx)).some((user) => user.role === "admin" && !user.disabledAt);
  const { head, admin, subscribers } = NEXT_STEPS[language];
  return ["", head, ...(hasAdmin ? [] : [admin]), "  npm start", subscribers];
}

type Options = ReturnType<typeof readOptions>;

function readOptions() {
  const { values, positionals } = parseOrExplain();
  const [file, ...more] = positionals;
  if (values.help || !file || more.length > 0 || !values.map) throw new CommandError(USAGE);
  const language = REPORT_LANGUAGES.find((name) => name === values.lang);
  if (!language) throw new CommandError(`--lang ${values.lang}: ${REPORT_LANGUAGES.join(" | ")}`);
  return {
    file,
    map: values.map,
    asOf: dayOrExplain(values["as-of"], language),
    dryRun: values["dry-run"],
    acceptRejects: values["accept-rejects"],
    operator: values.operator,
    json: values.json,
    language,
  };
}

function parseOrExplain() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        map: { type: "string" },
        "as-of": { type: "string" },
        "dry-run": { type: "boolean", default: false },
        "accept-rejects": { type: "boolean", default: false },
        operator: { type: "string" },
        lang: { type: "string", default: "ru" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function dayOrExplain(text: string | undefined, language: ReportLanguage): string | null {
  if (text === undefined || isDay(text)) return text ?? null;
  throw new CommandError(faultText("import.as_of_malformed", { asOf: text }, language) ?? text);
}

/** A name of ours, or the path of somebody's own. */
async function readMapping(name: string): Promise<Mapping> {
  const shipped = findMapping(name);
  if (shipped) return shipped;
  let text: string;
  try {
    text = await readFile(name, "utf8");
  } catch (error) {
    throw fileFault("mapping_unknown", { mapping: name, known: SHIPPED_MAPPINGS.join(", ") }, error);
  }
  try {
    return parseMapping(JSON.parse(text), name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw fileFault("mapping_unreadable", { mapping: name, why: error.message }, error);
  }
}

/** On stderr, at most a few lines a second, so that a pipe of the result stays clean. */
function progressOn(language: Options["language"]): (progress: ImportProgress) => void {
  let shownAt = 0;
  let held: ImportProgress | null = null;
  const say = ({ stage, done, total }: ImportProgress) => {
    const now = performance.now();
    const words = STAGES[language][stage];
    const count = stage === "prove" ? "" : `: ${done}${total === null ? "" : ` / ${total}`}`;
    process.stderr.write(`${words}${count} (${((now - started) / 1000).toFixed(1)} s)\n`);
    shownAt = now;
    held = null;
  };
  return (progress) => {
    if (progress.stage === "read" && performance.now() - shownAt < 500) {
      held = progress;
      return;
    }
    // The last row that was read is told before what comes after it.
    if (progress.stage !== "read" && held) say(held);
    say(progress);
  };
}

function effort() {
  return {
    seconds: Math.round((performance.now() - started) / 100) / 10,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function figuresOf(report: ImportReport, language: ReportLanguage) {
  const { ours, source } = report.totals;
  return {
    ok: report.outcome !== "refused",
    outcome: report.outcome,
    refusal: report.refusal,
    rows: report.rows,
    imported: report.imported,
    unchanged: report.unchanged,
    rejected: report.rejected,
    active: ours.active,
    terminated: ours.terminated,
    mrrMinor: kopecks(ours.mrrMinor),
    chargedMinor: kopecks(ours.chargedMinor),
    paidMinor: kopecks(ours.paidMinor),
    openingMinor: kopecks(ours.openingMinor),
    ledgerProven: report.ledger.proven,
    sourceTotals: {
      accounts: source.accounts,
      active: source.active,
      terminated: source.terminated,
      mrrMinor: kopecks(source.mrrMinor),
      chargedMinor: kopecks(source.chargedMinor),
      paidMinor: kopecks(source.paidMinor),
      openingMinor: kopecks(source.openingMinor),
    },
    differing: report.differing,
    asOf: report.asOf,
    source: report.source,
    importId: report.importId,
    encoding: report.file.encoding,
    separator: report.file.separator,
    rejects: report.problems.map(({ line, column, fault, externalId, value }) => ({
      line,
      column,
      reason: fault,
      externalId,
      message: problemText({ line, column, fault, externalId, value }, language),
    })),
    ...effort(),
  };
}

function figuresOfNothing(reason: string, message: string) {
  const none = { rows: 0, imported: 0, unchanged: 0, rejected: 0, active: 0, terminated: 0 };
  const sums = { mrrMinor: 0, chargedMinor: 0, paidMinor: 0, openingMinor: 0 };
  return { ok: false, outcome: "refused", refusal: reason, message, ...none, ...sums, ledgerProven: null, ...effort() };
}

function refusalText(reason: string, details: object): string {
  return `${reason} ${JSON.stringify(details)}`;
}
