import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { acquireDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { CommandError, runCommand } from "@/server/cli/run-command";
import {
  faultText,
  fileFault,
  findUsageMapping,
  importUsage,
  parseUsageMapping,
  REPORT_LANGUAGES,
  type ReportLanguage,
  SHIPPED_USAGE_MAPPINGS,
  type UsageMapping,
  type UsageReport,
  usageProblemText,
  usageReportText,
  wantedUsageColumns,
} from "@/server/domain/imports";
import { env } from "@/server/env";
import { openCsv } from "@/server/integrations/csv";
import { isDomainError } from "@/server/kernel/errors";
import { createContext } from "@/server/platform/context";

const USAGE = `npm run usage -- <file.csv> --map <mapping> [options]

  --map <name|file.json>   ${SHIPPED_USAGE_MAPPINGS.join(", ")}, or a mapping of your own
  --dry-run                say what would become of each record, write nothing
  --lang ru|en             language of the report (ru)
  --json                   end with one line of JSON`;

const started = performance.now();

await runCommand(async ({ defer }) => {
  const options = readOptions();
  try {
    const mapping = await readMapping(options.map);
    const file = await openCsv(options.file, mapping.format, wantedUsageColumns(mapping));
    const database = await acquireDatabase();
    defer(database.release);
    await migrateDatabase(database.urls);
    const { db, close } = openDatabase(database.urls.app, { max: 2, name: "uzel usage" });
    defer(close);
    const ctx = createContext({ db, actor: { kind: "job", name: "usage" }, zone: env.OPERATOR_ZONE });
    const report = await importUsage(ctx, { file, mapping, dryRun: options.dryRun, onProgress: progressOn(options) });
    console.log(usageReportText(report, options.language));
    if (options.json) console.log(JSON.stringify(figuresOf(report, options.language)));
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const message =
      faultText(error.reason, error.details, options.language) ?? `${error.reason} ${JSON.stringify(error.details)}`;
    if (options.json) console.log(JSON.stringify({ ok: false, outcome: "refused", refusal: error.reason, message }));
    throw new CommandError(message);
  }
});

interface Options {
  readonly file: string;
  readonly map: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly language: ReportLanguage;
}

function readOptions(): Options {
  const { values, positionals } = parseOrExplain();
  const [file, ...more] = positionals;
  if (values.help || !file || more.length > 0 || !values.map) throw new CommandError(USAGE);
  const language = REPORT_LANGUAGES.find((name) => name === values.lang);
  if (!language) throw new CommandError(`--lang ${values.lang}: ${REPORT_LANGUAGES.join(" | ")}`);
  return { file, map: values.map, dryRun: values["dry-run"], json: values.json, language };
}

function parseOrExplain() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        map: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        lang: { type: "string", default: "ru" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** A name of ours, or the path of somebody's own. */
async function readMapping(name: string): Promise<UsageMapping> {
  const shipped = findUsageMapping(name);
  if (shipped) return shipped;
  let text: string;
  try {
    text = await readFile(name, "utf8");
  } catch (error) {
    throw fileFault("mapping_unknown", { mapping: name, known: SHIPPED_USAGE_MAPPINGS.join(", ") }, error);
  }
  try {
    return parseUsageMapping(JSON.parse(text), name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw fileFault("mapping_unreadable", { mapping: name, why: error.message }, error);
  }
}

/** On stderr, at most two lines a second, so that a pipe of the result stays clean. */
function progressOn({ language }: Options): (progress: { readonly done: number }) => void {
  let shownAt = 0;
  return ({ done }) => {
    const now = performance.now();
    if (now - shownAt < 500) return;
    shownAt = now;
    const words = language === "ru" ? "Записей" : "Records";
    process.stderr.write(`${words}: ${done} (${((now - started) / 1000).toFixed(1)} s)\n`);
  };
}

function figuresOf(report: UsageReport, language: ReportLanguage) {
  const { title: _title, file, problems, ...counts } = report;
  return {
    ok: true,
    ...counts,
    encoding: file.encoding,
    separator: file.separator,
    problems: problems.map((problem) => ({ ...problem, message: usageProblemText(problem, language) })),
    seconds: Math.round((performance.now() - started) / 100) / 10,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
