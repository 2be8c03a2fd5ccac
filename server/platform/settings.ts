import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Context } from "./context";
import { pgArray, rowsOf } from "./rows";

/** A setting in code: its key, what it may be, what it is until the operator says otherwise. */
export interface Setting<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly fallback: T;
}

/** Settings as they stand, in one query. A stored value that is not of its setting's kind counts as not said. */
export async function readSettings<const S extends Readonly<Record<string, Setting<unknown>>>>(
  ctx: Pick<Context, "db">,
  wanted: S,
): Promise<{ [K in keyof S]: S[K] extends Setting<infer T> ? T : never }> {
  const all = Object.entries(wanted);
  const rows = await rowsOf<{ key: string; value: unknown }>(
    ctx,
    sql`select key, value from settings where key = any(${pgArray(
      all.map(([, setting]) => setting.key),
      "text",
    )})`,
  );
  const stored = new Map(rows.map((row) => [row.key, row.value]));
  const read = all.map(([name, { key, schema, fallback }]) => {
    const said = stored.has(key) ? schema.safeParse(stored.get(key)) : null;
    return [name, said?.success ? said.data : fallback];
  });
  return Object.fromEntries(read);
}
