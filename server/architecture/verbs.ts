import { isTest } from "./layers";
import type { Source } from "./sources";

interface Declared {
  readonly name: string;
  readonly exported: boolean;
  readonly body: string;
}

const START = /^(export )?(?:default )?(?:async )?function\*? (\w+)/gm;

/** Top-level functions with their bodies: the formatter ends each with a brace in the first column. */
export function functionsOf(code: string): Declared[] {
  return [...code.matchAll(START)].map((match) => {
    const rest = code.slice(match.index);
    const end = rest.search(/\n\}/);
    return {
      name: match[2] ?? "",
      exported: match[1] !== undefined,
      body: end < 0 ? rest : rest.slice(0, end + 2),
    };
  });
}

/** The text of a function and of every function of the same file that it reaches. */
function reach(start: Declared, all: readonly Declared[]): string {
  const seen = new Set<Declared>([start]);
  for (const one of seen) {
    for (const other of all) if (new RegExp(`\\b${other.name}\\b`).test(one.body)) seen.add(other);
  }
  return [...seen].map((one) => one.body).join("\n");
}

/** Functions that need not ask or record, each with its reason; `file#function`. A list that only shrinks. */
export interface Exceptions {
  readonly permission: Readonly<Record<string, string>>;
  readonly record: Readonly<Record<string, string>>;
}

/** A function that opens a transaction also asks for a permission and leaves audit or an event behind. */
export function verbViolations(sources: readonly Source[], except: Exceptions): string[] {
  const used = new Set<string>();
  const bad = sources
    .filter(({ path }) => path.startsWith("server/domain/") && !isTest(path))
    .flatMap(({ path, code }) => {
      const all = functionsOf(code);
      return all
        .filter((one) => one.exported)
        .flatMap((one) => {
          const text = reach(one, all);
          if (!/\bwithTransaction\(/.test(text)) return [];
          const key = `${path.slice("server/domain/".length)}#${one.name}`;
          const missing: string[] = [];
          if (!/\brequirePermission\(/.test(text)) missing.push("permission");
          if (!/\brecord\(/.test(text)) missing.push("record");
          return missing.flatMap((what) => {
            used.add(`${what} ${key}`);
            const excused = what === "permission" ? except.permission[key] : except.record[key];
            return excused
              ? []
              : [`${key} opens a transaction without ${what === "permission" ? "requirePermission" : "record"}`];
          });
        });
    });
  const stale = [
    ...Object.keys(except.permission).map((key) => `permission ${key}`),
    ...Object.keys(except.record).map((key) => `record ${key}`),
  ].filter((key) => !used.has(key));
  return [...bad, ...stale.map((key) => `the exception "${key}" is not needed any more: take it out`)];
}
