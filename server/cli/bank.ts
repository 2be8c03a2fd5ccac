import { parseArgs } from "node:util";
import { acquireDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { kopecks } from "@/server/cli/kopecks";
import { CommandError, runCommand } from "@/server/cli/run-command";
import {
  importStatement,
  readOwnAccounts,
  STATEMENT_LANGUAGES,
  type StatementLanguage,
  type StatementReport,
  setOwnAccounts,
  statementFaultText,
  statementText,
  type Tally,
} from "@/server/domain/bank";
import { faultText } from "@/server/domain/imports";
import { env } from "@/server/env";
import { readStatementFile } from "@/server/integrations/bank-statement";
import { isDomainError } from "@/server/kernel/errors";
import { type Context, createContext } from "@/server/platform/context";

const USAGE = `npm run bank -- <file.txt> [options]

  --own <20 digits>   an account of the operator's own, remembered; may be given again
  --entity <name>     the company whose account it is, where there are several
  --lang ru|en        language of the report (ru)
  --json              end with one line of JSON`;

const started = performance.now();

await runCommand(async ({ defer }) => {
  const options = readOptions();
  try {
    const file = options.file ? await readStatementFile(options.file) : null;
    const database = await acquireDatabase();
    defer(database.release);
    await migrateDatabase(database.urls);
    const { db, close } = openDatabase(database.urls.app, { max: 2, name: "uzel bank" });
    defer(close);
    const ctx = createContext({ db, actor: { kind: "job", name: "bank" }, zone: env.OPERATOR_ZONE });
    if (options.own.length > 0) await addOwnAccounts(ctx, options);
    if (!file) return;
    const report = await importStatement(ctx, file);
    console.log(statementText(report, options.language));
    if (options.json) console.log(JSON.stringify(figuresOf(report)));
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { reason, details } = error;
    const message =
      statementFaultText(reason, details, options.language) ??
      faultText(reason, details, options.language) ??
      `${reason} ${JSON.stringify(details)}`;
    if (options.json) {
      const line = typeof details.line === "number" ? details.line : null;
      console.log(JSON.stringify({ ok: false, outcome: "refused", refusal: reason, line, message }));
    }
    throw new CommandError(message);
  }
});

interface Options {
  readonly file: string | undefined;
  readonly own: readonly string[];
  readonly entity: string | undefined;
  readonly json: boolean;
  readonly language: StatementLanguage;
}

function readOptions(): Options {
  const { values, positionals } = parseOrExplain();
  const [file, ...more] = positionals;
  const own = values.own ?? [];
  if (values.help || more.length > 0 || (!file && own.length === 0)) throw new CommandError(USAGE);
  const wrong = own.find((number) => !/^\d{20}$/.test(number));
  if (wrong !== undefined) throw new CommandError(`--own ${wrong}: 20 digits\n\n${USAGE}`);
  const language = STATEMENT_LANGUAGES.find((name) => name === values.lang);
  if (!language) throw new CommandError(`--lang ${values.lang}: ${STATEMENT_LANGUAGES.join(" | ")}`);
  return { file, own, entity: values.entity, json: values.json, language };
}

function parseOrExplain() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        own: { type: "string", multiple: true },
        entity: { type: "string" },
        lang: { type: "string", default: "ru" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** Adds to what the operator has said; an account that is known already stays whose it is. */
async function addOwnAccounts(ctx: Context, { own, entity }: Options): Promise<void> {
  const { accounts, legalEntities, mark } = await readOwnAccounts(ctx);
  const fresh = [...new Set(own)].filter((number) => !accounts.some((one) => one.number === number));
  if (fresh.length === 0) return;
  const fitting = legalEntities.filter(({ name }) => entity === undefined || name === entity);
  const [company] = fitting;
  if (!company || fitting.length > 1) {
    const names = legalEntities.map(({ name }) => `  ${name}`).join("\n");
    throw new CommandError(`--entity <name>:\n${names}`);
  }
  const added = fresh.map((number) => ({ legalEntityId: company.id, number }));
  await setOwnAccounts(ctx, { seen: mark, accounts: [...accounts, ...added] });
}

function figuresOf(report: StatementReport) {
  const tally = ({ count, amountMinor }: Tally) => ({ count, amountMinor: kopecks(amountMinor) });
  return {
    ok: true,
    outcome: report.outcome,
    statementId: report.statementId,
    encoding: report.file.encoding,
    from: report.from,
    to: report.to,
    documents: Object.fromEntries(Object.entries(report.documents).map(([sort, one]) => [sort, tally(one)])),
    posted: tally(report.posted),
    queued: tally(report.queued),
    repeated: tally(report.repeated),
    doubtful: report.doubtful,
    turnovers: report.turnovers.map(({ account, saidMinor, foundMinor }) => ({
      account,
      saidMinor: kopecks(saidMinor),
      foundMinor: kopecks(foundMinor),
    })),
    seconds: Math.round((performance.now() - started) / 100) / 10,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
