import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const module = pathToFileURL(join(import.meta.dirname, "..", "run-command.ts")).href;

describe("a command", () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "uzel-command-"));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** Runs a command of the given body; `interrupt` sends Ctrl-C once it has said "working". */
  async function run(body: string, interrupt = false): Promise<{ code: number; out: string; err: string }> {
    const script = join(dir, `${Math.random().toString(36).slice(2)}.mts`);
    writeFileSync(
      script,
      `import { CommandError, runCommand } from ${JSON.stringify(module)};
       await runCommand(async (command) => {
         command.defer(async () => console.log("undo first"));
         command.defer(async () => console.log("undo second"));
         ${body}
       });`,
    );
    const child = spawn(process.execPath, ["--import", "tsx", script]);
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
      // Once: a second Ctrl-C means "at once".
      if (interrupt && out === "working\n") child.kill("SIGINT");
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    const [code] = await once(child, "close");
    return { code, out, err };
  }

  it("undoes in reverse order and ends with 0 when the work is done", async () => {
    expect(await run("")).toEqual({ code: 0, out: "undo second\nundo first\n", err: "" });
  });

  it("undoes on failure, shows a person's mistake as one line and ends with 1", async () => {
    expect(await run('throw new CommandError("no such file");')).toEqual({
      code: 1,
      out: "undo second\nundo first\n",
      err: "no such file\n",
    });
  });

  it("undoes on Ctrl-C and ends with 130 without a word", async () => {
    expect(await run('console.log("working"); await command.interrupted;', true)).toEqual({
      code: 130,
      out: "working\nundo second\nundo first\n",
      err: "",
    });
  });

  it("also undoes what interrupted work took after Ctrl-C", async () => {
    const late = `console.log("working"); await command.interrupted;
      await new Promise((done) => setTimeout(done, 200)); command.defer(async () => console.log("undo late"));`;
    expect((await run(late, true)).out).toBe("working\nundo second\nundo first\nundo late\n");
  });

  it("ends with the code it was asked for", async () => {
    expect((await run("command.exitWith(1);")).code).toBe(1);
  });
});
