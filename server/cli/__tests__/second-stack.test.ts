import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { holdFile } from "@/db/embedded/lock";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "uzel-second-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it("a second stack on a data folder is refused in one line with the address of the first, whose notes it leaves alone", async () => {
  const dir = folder();
  expect(await holdFile(join(dir, "stack.lock"), "http://localhost:3000")).toBeNull();
  writeFileSync(join(dir, "stack.json"), "of the first");
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "..", "start.ts")], {
    env: { ...process.env, UZEL_DATA_DIR: dir, PORT: "3999" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  expect(await once(child, "close")).toEqual([1, null]);
  expect(said).toMatch(/^Uzel already runs on .+ at http:\/\/localhost:3000 \(process \d+\): .+\n$/);
  expect(readFileSync(join(dir, "stack.json"), "utf8")).toBe("of the first");
  expect(readFileSync(join(dir, "stack.lock"), "utf8")).toContain(String(process.pid));
}, 20_000);

it("the claim of a stack that was killed is taken over", async () => {
  const file = join(folder(), "stack.lock");
  writeFileSync(file, "999999999 1 http://localhost:3000\n");
  expect(await holdFile(file, "http://localhost:3001")).toBeNull();
  expect(readFileSync(file, "utf8")).toContain("http://localhost:3001");
});
