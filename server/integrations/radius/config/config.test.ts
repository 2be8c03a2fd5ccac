import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type RadiusConfig, writeRadiusConfig } from ".";
import { conninfo, passwordLine } from "./conninfo";

function write(changes: Partial<RadiusConfig> = {}) {
  const dir = mkdtempSync(join(tmpdir(), "uzel-radius-config-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeRadiusConfig({
    dir,
    databaseUrl: "postgres://uzel_radius:p%3Aa%5Css'%22%24%7Bx%7D@db.example:5433/uzel?sslmode=require",
    listen: "127.0.0.1",
    authPort: 18120,
    acctPort: 18121,
    probeAddress: "127.0.0.1",
    probeSecret: "probe-secret",
    ...changes,
  });
  return { dir, conf: readFileSync(join(dir, "radiusd.conf"), "utf8") };
}

test("the directory is complete and for its owner's eyes only", () => {
  const { dir } = write();
  expect(readdirSync(dir).sort()).toEqual([
    "access_reject",
    "database-password",
    "dictionary",
    "radiusd.conf",
    "secret",
  ]);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777, file).toBe(0o600);
});

test("nothing is read from the system's own configuration", () => {
  expect(write().conf).not.toContain("/etc/");
});

test("the database password is in its own file, never in what FreeRADIUS prints", () => {
  const { dir, conf } = write();
  expect(conf).not.toContain("ss'");
  expect(readFileSync(join(dir, "database-password"), "utf8")).toBe(
    ["db.example:5433:uzel:uzel_radius:p\\:a\\\\ss'\"", "{x}\n"].join("$"),
  );
  expect(conf).toContain("sslmode='require'");
});

test("quotes and backslashes in a name reach libpq as they are", () => {
  expect(conninfo("postgres://r:p@h/o'b%5Cx", "/d/pass")).toContain("dbname='o\\'b\\\\x'");
});

test.each([
  ["a secret with a quote", { probeSecret: 'a"b' }],
  ["a secret with a line break", { probeSecret: "a\nb" }],
  ["an address that is none", { listen: "everywhere" }],
  ["a probe that is no address", { probeAddress: "'; drop" }],
  ["a database name that FreeRADIUS would expand", { databaseUrl: "postgres://r:p@h/%24%7Bx%7D" }],
])("%s is refused rather than written", (_name, changes) => {
  expect(() => write(changes)).toThrow(/RADIUS|address/);
});

test("a password of two lines is refused", () => {
  expect(() => passwordLine("postgres://r:a%0Ab@h/d")).toThrow("line break");
});
