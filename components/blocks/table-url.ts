export type SortDirection = "asc" | "desc";
export type Sort = { key: string; direction: SortDirection };

export type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The same page with some parameters changed; `undefined` or "" takes one away. Order is kept, so links are stable. */
export function tableHref(pathname: string, params: Params, changes: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, ...changes })) {
    if (value === undefined || value === "") continue;
    for (const one of typeof value === "string" ? [value] : value) query.append(name, one);
  }
  const text = query.toString();
  return text === "" ? pathname : `${pathname}?${text}`;
}

/** "-name" ↔ { key: "name", direction: "desc" }; only keys from the list are believed. */
export function readSort(text: string | undefined, allowed: readonly string[], fallback: Sort): Sort {
  const key = text?.replace(/^-/, "");
  if (text === undefined || key === undefined || !allowed.includes(key)) return fallback;
  return { key, direction: text.startsWith("-") ? "desc" : "asc" };
}

export function writeSort({ key, direction }: Sort): string {
  return direction === "desc" ? `-${key}` : key;
}

/** What a press on the head of a column asks for: the other way round, or this column from the start. */
export function nextSort(current: Sort | undefined, key: string, first: SortDirection = "asc"): Sort {
  if (current?.key !== key) return { key, direction: first };
  return { key, direction: current.direction === "asc" ? "desc" : "asc" };
}
