import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ImportOf {
  /** As an address from the root without extension: `server/kernel/money`; packages keep their name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

export interface Source {
  /** From the root: `server/kernel/money.ts`. */
  readonly path: string;
  readonly text: string;
  /** Without comments, and with the insides of strings blanked: what is left is code. */
  readonly code: string;
  readonly imports: readonly ImportOf[];
}

const FOLDERS = ["app", "components", "db", "e2e", "server"];
const SKIPPED = /(^|\/)(node_modules|\.next|migrations\/meta)\//;

/** Every TypeScript file of the product, and the few that lie at the root. */
export function readSources(root: string): Source[] {
  const nested = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
  const top = readdirSync(root).filter((name) => /\.(ts|mts)$/.test(name));
  return [...top, ...nested]
    .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && !/(^|\/)\./.test(path) && !SKIPPED.test(path))
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), "utf8")));
}

export function sourceOf(path: string, text: string): Source {
  const { code, spoken } = strip(text);
  return { path, text, code, imports: importsOf(path, spoken) };
}

const FROM = /(?:^|[\n;])\s*(import|export)\s+(type\s+)?([\w*{}\s,$]*?)\s*from\s*["']([^"']+)["']/g;
const BARE = /(?:^|[\n;])\s*import\s*["']([^"']+)["']/g;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

function importsOf(path: string, spoken: string): ImportOf[] {
  const found: ImportOf[] = [];
  for (const [, , type, names = "", to = ""] of spoken.matchAll(FROM)) {
    found.push({ to: resolved(path, to), typeOnly: type !== undefined || onlyTypes(names) });
  }
  for (const pattern of [BARE, DYNAMIC]) {
    for (const [, to = ""] of spoken.matchAll(pattern)) found.push({ to: resolved(path, to), typeOnly: false });
  }
  return found;
}

/** `{ type A, type B }` brings nothing at run time either. */
function onlyTypes(names: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  const parts =
    inner
      ?.split(",")
      .map((part) => part.trim())
      .filter(Boolean) ?? [];
  return parts.length > 0 && parts.every((part) => part.startsWith("type "));
}

function resolved(path: string, to: string): string {
  if (to.startsWith("@/")) return to.slice(2);
  if (!to.startsWith(".")) return to;
  return join(path, "..", to)
    .replaceAll("\\", "/")
    .replace(/\.(ts|tsx|js|mjs)$/, "");
}

/** `spoken` keeps strings, so that imports can be read; `code` has them blanked, so that words in them are not code. */
function strip(text: string): { code: string; spoken: string } {
  let code = "";
  let spoken = "";
  let at = 0;
  const keep = (part: string) => {
    code += part;
    spoken += part;
  };
  while (at < text.length) {
    const rest = text.slice(at, at + 2);
    const char = text.charAt(at);
    if (rest === "//") at = endOf(text, at, "\n");
    else if (rest === "/*") at = text.indexOf("*/", at + 2) < 0 ? text.length : text.indexOf("*/", at + 2) + 2;
    else if (char === "/" && startsRegExp(code)) {
      const end = endOfRegExp(text, at);
      keep("/./");
      at = end;
    } else if (char === '"' || char === "'") {
      const end = endOfString(text, at, char);
      code += char + char;
      spoken += text.slice(at, end);
      at = end;
    } else if (char === "`") {
      const end = endOfTemplate(text, at);
      const inside = [...text.slice(at, end).matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]).join(" ; ");
      code += `\`${inside}\``;
      spoken += "``";
      at = end;
    } else {
      keep(char);
      at += 1;
    }
  }
  return { code, spoken };
}

function endOf(text: string, from: number, mark: string): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function endOfString(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === quote || text.charAt(at) === "\n") return at + 1;
  }
  return text.length;
}

function endOfTemplate(text: string, from: number): number {
  let depth = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "\\") at += 1;
    else if (char === "$" && text.charAt(at + 1) === "{") depth += 1;
    else if (char === "}" && depth > 0) depth -= 1;
    else if (char === "`" && depth === 0) return at + 1;
    else if (char === "`") at = endOfTemplate(text, at) - 1;
  }
  return text.length;
}

/** After an operator, a bracket or `return` a slash begins a pattern; after a value it divides. */
function startsRegExp(before: string): boolean {
  return /(^|[(,=:[!&|?{};+>]|\breturn)\s*$/.test(before.slice(-40));
}

function endOfRegExp(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "\n") return at;
    if (char === "\\") at += 1;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) return at + 1;
  }
  return text.length;
}
