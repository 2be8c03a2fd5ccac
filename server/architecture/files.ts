import { isTest } from "./layers";
import type { Source } from "./sources";

const LONGEST_FILE = 500;
const LONGEST_PAGE = 80;

const VERBS =
  "(add|agree|apply|approve|ask|begin|bill|cancel|change|charge|claim|classify|close|confirm|copy|correct|create|decide|drop|end|export|fail|find|finish|import|issue|lift|list|load|move|open|pause|place|plan|poll|post|preview|propose|prove|publish|read|receive|reconcile|record|redeem|refresh|register|reject|reopen|require|resend|reset|resume|retry|reveal|run|scan|search|send|set|settle|start|stop|store|sweep|sync|withdraw|work|write)";

/** The closed vocabulary of a module: ARCHITECTURE.md, "inside a module". */
const VOCABULARY = [
  /^(index|schema|constants|errors|internal|ports|jobs)\.ts$/,
  new RegExp(`^${VERBS}-[a-z0-9-]+\\.ts$`),
  /^on-[a-z-]+\.ts$/,
  /^rules\/[a-z0-9-]+(\.test)?\.ts$/,
  /^rules\/__golden__\//,
  /^__tests__\/[a-z0-9-]+(\.db\.test|\.test|\.contract\.test)?\.ts$/,
];

export function vocabularyViolations(sources: readonly Source[], allowed: readonly string[] = []): string[] {
  return sources.flatMap(({ path }) => {
    const [, inside] = /^server\/domain\/[a-z-]+\/(.+)$/.exec(path) ?? [];
    if (inside === undefined || allowed.includes(path) || VOCABULARY.some((pattern) => pattern.test(inside))) return [];
    return [`${path} is not of the vocabulary`];
  });
}

export function nameViolations(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path }) => {
    const name = path.split("/").at(-1) ?? "";
    const bad: string[] = [];
    if (/(^|[-.])(utils?|helpers?|common|misc|managers?)([-.]|$)/.test(name))
      bad.push(`${path} is named after nothing`);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name)) bad.push(`${path} is not kebab-case`);
    return bad;
  });
}

export function lengthViolations(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.split("\n").length - 1;
    const most = /^app\/.*page\.tsx$|^app\/page\.tsx$/.test(path) ? LONGEST_PAGE : LONGEST_FILE;
    return lines > most ? [`${path} has ${lines} lines, ${most} is the most`] : [];
  });
}

interface Ban {
  readonly where: RegExp;
  readonly what: RegExp;
  readonly why: string;
  readonly tests?: true;
}

const CLI_AND_CONFIG = /^(server\/cli\/|[a-z.-]+\.config\.ts$|instrumentation\.ts$|e2e\/|db\/testing\/)/;

const BANS: readonly Ban[] = [
  {
    where: /^server\/domain\/[a-z-]+\/rules\//,
    what: /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bawait\b|\basync\b|\bprocess\.|\bfetch\(|\bperformance\./,
    why: "a rule is pure: no clock, no randomness, no waiting",
  },
  {
    where: /^server\/(domain|kernel)\/(?!clock\.ts)/,
    what: /\bDate\.now\b|\bnew Date\(\s*\)/,
    why: "the only clock is ctx.now()",
  },
  { where: /^(?!server\/env\.ts)/, what: /\bprocess\.env\b/, why: "the environment is read in server/env.ts" },
  {
    where: /^(server|components|app|db)\//,
    // Whole rubles (`/ 100n`) may become the coordinate of a chart.
    what: /\bNumber\([^()/]*[mM]inor\s*\)|\bparseFloat\(/,
    why: "money is whole kopecks in a bigint",
  },
  {
    where: /^server\/api\/(?!trpc\.ts)/,
    what: /\bt\.procedure\b|\bpublicProcedure\b/,
    why: "a procedure names its permission",
  },
  { where: /^e2e\//, what: /\bwaitForTimeout\b/, why: "a test waits for what it means, not for a while", tests: true },
  { where: /./, what: /\b(test|describe|it)\.only\b/, why: "one test must not hide the others", tests: true },
];

export function banViolations(sources: readonly Source[], allowed: readonly string[] = []): string[] {
  return sources.flatMap(({ path, code }) =>
    BANS.filter(({ where, tests }) => where.test(path) && (tests || !isTest(path)))
      .filter(({ what }) => what.test(code))
      .filter(({ what }) => !(what.source.includes("process\\.env") && CLI_AND_CONFIG.test(path)))
      .filter(() => !allowed.includes(path))
      .map(({ why }) => `${path}: ${why}`),
  );
}

export function moduleFolderViolations(sources: readonly Source[], readmes: readonly string[]): string[] {
  const modules = new Set(sources.flatMap(({ path }) => /^server\/domain\/([a-z-]+)\//.exec(path)?.[1] ?? []));
  const paths = new Set(sources.map(({ path }) => path));
  return [...modules].flatMap((name) => [
    ...(paths.has(`server/domain/${name}/index.ts`) ? [] : [`${name} has no door (index.ts)`]),
    ...(readmes.includes(`server/domain/${name}/README.md`) ? [] : [`${name} has no README.md`]),
  ]);
}
