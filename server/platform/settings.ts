import { sql } from "drizzle-orm";
import type { z } from "zod";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "./context";
import { toJson } from "./record";
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

/** What stands under some keys, for whoever is about to change it. */
export interface StoredSettings {
  /** Key → value as it is stored; a key that nobody has set is not there. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Names those values and no others: who changes them says which ones they have seen. */
  readonly mark: string;
}

export interface SettingChange {
  readonly at: Date;
  /** Null when it was no person. */
  readonly byName: string | null;
}

export async function readStored(ctx: Pick<Context, "db">, keys: readonly string[]): Promise<StoredSettings> {
  const [row] = await rowsOf<{ stored: Record<string, unknown>; mark: string }>(
    ctx,
    sql`
    select s.stored, md5(s.stored::text) as mark
    from (select coalesce(jsonb_object_agg(key, value), '{}') as stored
          from settings where key = any(${pgArray(keys, "text")})) s`,
  );
  return { values: row?.stored ?? {}, mark: row?.mark ?? "" };
}

/** Who changed one of the keys last, by the trail; null when nobody has. */
export async function readLastChange(ctx: Pick<Context, "db">, keys: readonly string[]): Promise<SettingChange | null> {
  const [row] = await rowsOf<{ occurred_at: string; by_name: string | null }>(
    ctx,
    sql`
    select l.occurred_at, u.display_name as by_name
    from audit_log l left join users u on l.actor = 'user:' || u.id
    where l.entity = 'setting' and l.entity_id = any(${pgArray(keys, "text")})
    order by l.occurred_at desc, l.id desc limit 1`,
  );
  return row ? { at: new Date(row.occurred_at), byName: row.by_name } : null;
}

/**
 * The same as `readStored`, held until the transaction ends: changes of settings go one by one. Throws `conflict`
 * (`setting.changed_meanwhile`) when what stands there is not what was seen, so that nobody overwrites what they have not read.
 */
export async function lockSettings(tx: Context, keys: readonly string[], seen: string): Promise<StoredSettings> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext('settings'))`);
  const stored = await readStored(tx, keys);
  if (stored.mark !== seen) throw new DomainError("conflict", "setting.changed_meanwhile");
  return stored;
}

/** Writes values under `lockSettings`, sums as the text of their kopecks. Answers the keys whose value is another now. */
export async function writeSettings(tx: Context, values: Readonly<Record<string, unknown>>): Promise<string[]> {
  const rows = await rowsOf<{ key: string }>(
    tx,
    sql`
    insert into settings (key, value) select key, value from jsonb_each(${toJson(values)}::jsonb)
    on conflict (key) do update set value = excluded.value where settings.value is distinct from excluded.value
    returning key`,
  );
  return rows.map((row) => row.key);
}
