// The one door of `npm run demo` and `npm test` on a machine that has only Node 20 and npm: installs what the lockfile
// names, finds the pinned Node, and hands over. Plain JavaScript without dependencies, because there may be none yet.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const bin = join(root, "node_modules", ".bin");
const entries = { demo: "server/cli/demo.ts", test: "server/cli/test.ts" };
const entry = entries[process.argv[2]];

function fail(line, code = 1) {
  console.error(line);
  process.exit(code);
}

if (!entry) fail(`usage: node server/cli/bootstrap.mjs ${Object.keys(entries).join("|")}`, 64);
if (Number(process.versions.node.split(".")[0]) < 20) fail(`Node 20 or newer is needed, this is ${process.version}.`);
process.chdir(root);

/** Compares what npm says it has installed with what the lockfile asks for. */
function installed() {
  const read = (file) => JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  try {
    const [wanted, present] = [read("package-lock.json"), read("node_modules/.package-lock.json")];
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === "" ||
        (present[path]?.version === version && existsSync(join(root, path, "package.json"))) ||
        (optional && !present[path]),
    );
  } catch {
    return false;
  }
}

function npm(...args) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  const env = { ...process.env, NODE_ENV: "development" };
  return spawnSync(command, [...first, ...args], { stdio: "inherit", env, cwd: root }).status === 0;
}

const npmFlags = [
  "--include=dev",
  "--include=optional",
  "--ignore-scripts=false",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

function pinnedNode() {
  const candidates = [join(bin, "node"), process.execPath];
  return candidates.find((file) => {
    const { stdout } = spawnSync(file, ["--version"], { encoding: "utf8" });
    return Number(/^v(\d+)\./.exec(stdout ?? "")?.[1]) >= 24;
  });
}

if (!installed()) {
  console.log("▸ Dependencies (npm ci)");
  if (!npm("ci", ...npmFlags))
    fail("The dependencies could not be installed: see npm's message above, then run again.");
  console.log("✓ Dependencies");
}
if (!pinnedNode() && !npm("rebuild", "node", ...npmFlags)) console.error("npm rebuild node failed.");
const node = pinnedNode() ?? fail("Node 24 is missing: npm's install scripts did not run. Try: npm rebuild node");

const child = spawn(node, ["--import", "tsx", entry, ...process.argv.slice(3)], {
  stdio: "inherit",
  cwd: root,
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
});
// Ctrl-C reaches the child from the terminal; we only wait for it to tidy up.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(`${node} could not be started: ${error.message}`));
child.on("exit", (code) => process.exit(code === 130 && entry === entries.demo ? 0 : (code ?? 1)));
