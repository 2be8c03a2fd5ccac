import type { Source } from "./sources";

/** `app/(staff)/desk/[id]/page.tsx` → `/desk/[id]`; null for what is neither page nor handler. */
export function routeOf(path: string): { readonly route: string; readonly kind: "page" | "handler" } | null {
  const [, folders = "", file] = /^app\/(?:(.+)\/)?(page\.tsx|route\.tsx?)$/.exec(path) ?? [];
  if (file === undefined) return null;
  const parts = folders.split("/").filter((part) => part !== "" && !/^\(.*\)$/.test(part));
  return { route: `/${parts.join("/")}`, kind: file === "page.tsx" ? "page" : "handler" };
}

/** Every page and handler has a row, every row has a file, and every page that is not public asks for what its row says. */
export function routeViolations(sources: readonly Source[], policy: Readonly<Record<string, string>>): string[] {
  const routes = sources.flatMap((source) => {
    const route = routeOf(source.path);
    return route ? [{ ...route, source }] : [];
  });
  const missing = routes.flatMap(({ route, kind, source }) => {
    const permission = policy[route];
    if (permission === undefined) return [`${source.path} has no row in route-policy.ts`];
    if (kind === "handler" || permission === "public") return [];
    return source.text.includes(`requirePage("${permission}")`)
      ? []
      : [`${source.path} does not begin with requirePage("${permission}")`];
  });
  const known = new Set(routes.map(({ route }) => route));
  const stale = Object.keys(policy).filter((route) => !known.has(route));
  return [...missing, ...stale.map((route) => `route-policy.ts has a row for ${route}, which is not there`)];
}

interface Procedure {
  readonly _def: { readonly meta?: unknown };
}

/** Every procedure names a row of the policy table. */
export function procedureViolations(
  procedures: Readonly<Record<string, unknown>>,
  permissions: readonly string[],
): string[] {
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    const { permission } = ((procedure as Procedure)._def.meta ?? {}) as { permission?: string };
    if (permission === undefined) return [`${path} names no permission`];
    return permissions.includes(permission)
      ? []
      : [`${path} names ${permission}, which the policy table does not have`];
  });
}

type Tree = { readonly [key: string]: string | Tree };

function keysOf(tree: Tree, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${path}${key}`] : keysOf(value, `${path}${key}.`),
  );
}

export function messageViolations(ru: Tree, en: Tree): string[] {
  const [inRu, inEn] = [new Set(keysOf(ru)), new Set(keysOf(en))];
  return [
    ...[...inRu].filter((key) => !inEn.has(key)).map((key) => `${key} has no English text`),
    ...[...inEn].filter((key) => !inRu.has(key)).map((key) => `${key} has no Russian text`),
  ];
}
