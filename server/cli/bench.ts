import { parseArgs } from "node:util";
import { billingRun } from "@/server/cli/bench/billing-run";
import { page } from "@/server/cli/bench/page";
import { paymentPath } from "@/server/cli/bench/payment-path";
import { type BenchOptions, type BenchResult, printTable } from "@/server/cli/bench/report";
import { CommandError, runCommand } from "@/server/cli/run-command";

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = {
  "billing-run": billingRun,
  "payment-path": paymentPath,
  page,
};

const USAGE = `npm run bench -- <name> [--json] [--accounts N] [--rounds R]
  names: ${Object.keys(BENCHES).join(", ")}
  --json        one JSON object as the last line, and nothing else
  --accounts N  how big the work is
  --rounds R    rounds taken in turn, three at least (default 3)`;

const SEED = 1;
const [FEWEST_ROUNDS, MOST_ACCOUNTS] = [3, 2_000_000];

await runCommand(async ({ defer, signal }) => {
  const { name, json, accounts, rounds } = readArguments();
  const bench = BENCHES[name];
  if (!bench) throw new CommandError(`There is no bench "${name}".\n\n${USAGE}`);
  const say = json ? () => {} : (line: string) => console.log(`  ${line}`);
  const result = await bench({ accounts, rounds, seed: SEED, say, defer, signal });
  if (json) console.log(JSON.stringify(result));
  else printTable(result);
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: "boolean", default: false }, accounts: { type: "string" }, rounds: { type: "string" } },
    });
    if (positionals.length !== 1) throw new Error("Name one bench.");
    return {
      name: positionals[0] ?? "",
      json: values.json,
      accounts:
        values.accounts === undefined ? undefined : wholeNumber("--accounts", values.accounts, 1, MOST_ACCOUNTS),
      rounds: wholeNumber("--rounds", values.rounds ?? String(FEWEST_ROUNDS), FEWEST_ROUNDS, 100),
    };
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

function wholeNumber(option: string, text: string, from: number, to: number): number {
  const number = Number(text.replaceAll("_", ""));
  if (!Number.isInteger(number) || number < from || number > to) {
    throw new Error(`${option} must be a whole number from ${from} to ${to}.`);
  }
  return number;
}
