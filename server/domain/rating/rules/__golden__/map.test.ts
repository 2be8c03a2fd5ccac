import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const SERVER = join(import.meta.dirname, "../../../..");
const ROW = /^\| .*? ?\| (.+) \| `([^`]+)` \|$/;
const named = readFileSync(join(import.meta.dirname, "README.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, name, path] = ROW.exec(line) ?? [];
    return name && path ? [{ name, path }] : [];
  });

/** Tests, cases of tables and keys of cases stand in their files as quoted texts. */
const isThere = (name: string, path: string) =>
  existsSync(join(SERVER, path)) && readFileSync(join(SERVER, path), "utf8").includes(`"${name}"`);

describe("the map of rules", () => {
  test("names enough of them", () => expect(named.length).toBeGreaterThan(120));

  test.each(named)("$path: $name", ({ name, path }) => expect(isThere(name, path)).toBe(true));

  test("a name that no test has is not there", () => {
    expect(isThere("a test that nobody wrote", "domain/rating/rules/__golden__/lives.test.ts")).toBe(false);
    expect(isThere("the map of rules", "domain/rating/rules/__golden__/no-such.test.ts")).toBe(false);
  });
});
