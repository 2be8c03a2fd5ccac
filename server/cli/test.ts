import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildOnce } from "@/server/cli/build";
import { runCommand } from "@/server/cli/run-command";
import { ensureSystemPackages } from "@/server/cli/system-packages";
import { type Counts, runStep, type StepResult } from "@/server/cli/test-steps";

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

const read = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;

await runCommand(async (command) => {
  ensureSystemPackages();
  const scratch = mkdtempSync(join(tmpdir(), "uzel-test-run-"));
  command.defer(async () => rmSync(scratch, { recursive: true, force: true }));
  const run = (title: string, tool: string[], count?: () => Counts, env?: Record<string, string>) =>
    runStep(command, title, { tool, ...(count && { count }), ...(env && { env }) });
  const results: StepResult[] = [];
  const add = (result: StepResult) => results.push(result) && result.ok;

  add(await run("Format and lint", ["@biomejs/biome/bin/biome", "check", "."]));
  add(await run("Route types", ["next/dist/bin/next", "typegen"]));
  add(await run("Types", ["typescript/bin/tsc", "--noEmit"]));

  const vitestReport = join(scratch, "vitest.json");
  add(
    await run(
      "Architecture, unit, property, database, scenario and contract tests",
      ["vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
      () => {
        const report = read<VitestReport>(vitestReport);
        return {
          passed: report.numPassedTests,
          failed: report.numFailedTests,
          skipped: report.numPendingTests + report.numTodoTests,
        };
      },
    ),
  );

  const built = add(
    await runStep(command, "Production build", {
      work: async () => {
        await buildOnce(scratch, (child) => command.defer(() => child.stop()));
      },
    }),
  );
  const playwrightReport = join(scratch, "playwright.json");
  if (built) {
    add(
      await run(
        "End to end in Chromium",
        ["@playwright/test/cli.js", "test", "--reporter=list,json"],
        () => {
          const { stats } = read<PlaywrightReport>(playwrightReport);
          if (stats.flaky > 0) console.log(`${stats.flaky} needed a second look: they are named above as flaky.`);
          return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
        },
        { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
      ),
    );
  }

  const sum = (key: keyof Counts) => results.reduce((total, { counts }) => total + counts[key], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  for (const { title, ok, seconds } of results) console.log(`${ok ? "✓" : "✗"} ${title} (${seconds.toFixed(1)} s)`);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  if (failed > 0) command.exitWith(1);
});
