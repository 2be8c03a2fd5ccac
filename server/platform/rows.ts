import { type SQL, sql } from "drizzle-orm";
import type { Context } from "./context";

/** Rows of a set-based statement. Sums come back as text and are turned by the caller with `BigInt`. */
export async function rowsOf<T extends Record<string, unknown>>(ctx: Pick<Context, "db">, query: SQL): Promise<T[]> {
  return (await ctx.db.execute(query)) as unknown as T[];
}

export type Scalar = string | number | bigint | boolean | Date | null;

/**
 * A whole array as ONE parameter, `$1::bigint[]`, for `unnest`. drizzle would spread an array into a list of
 * parameters, which ends at 65,535 of them.
 */
export function pgArray(values: readonly Scalar[], type: string): SQL {
  let known = literals.get(values);
  // An array that has grown since is another one.
  if (known?.of !== values.length) {
    known = { of: values.length, literal: columnLiteral(values, (value) => value) };
    literals.set(values, known);
  }
  return sql`${sql.param(known.literal)}::${sql.raw(type)}[]`;
}

/** A chunk's ids go into a dozen questions, each time the same array: it is written out once. */
const literals = new WeakMap<readonly Scalar[], { readonly of: number; readonly literal: string }>();

/**
 * `= any(…)` over many values, hidden from the planner: shown thousands of them it weighs each one, and then would rather
 * read a whole table than look them up.
 */
export function anyOf(values: readonly Scalar[], type: string): SQL {
  return sql`any((select ${pgArray(values, type)})::${sql.raw(type)}[])`;
}

/** How a column of `tableOf` is made: its SQL type, and its value in a row. */
export type Column<T> = readonly [type: string, pick: (row: T) => Scalar];

/**
 * A batch as a table, to be written after `from`: one array a column, and `place`, which counts the rows from 1. A column
 * whose values are all the same (a day, a kind) travels once, which saves most of what a bulk insert spends on parsing.
 */
export function tableOf<T>(batch: readonly T[], columns: Readonly<Record<string, Column<T>>>): SQL {
  const made = Object.entries(columns).map(([name, [type, pick]]) => {
    const [one] = batch;
    const first = one === undefined ? null : pick(one);
    return { name, type, pick, first, constant: batch.every((row) => pick(row) === first) };
  });
  const varying = made.filter((column) => !column.constant);
  const selected = made.map(({ name, type, first, constant }) =>
    constant
      ? sql`${first instanceof Date ? first.toISOString() : first}::${sql.raw(type)} as ${sql.raw(name)}`
      : sql`u.${sql.raw(name)}`,
  );
  const arrays = varying.map(({ type, pick }) => sql`${sql.param(columnLiteral(batch, pick))}::${sql.raw(type)}[]`);
  const names = [...varying.map(({ name }) => name), "place"].join(", ");
  const source =
    varying.length === 0
      ? sql`generate_series(1, ${batch.length}::int) as u(place)`
      : sql`unnest(${sql.join(arrays, sql`, `)}) with ordinality as u(${sql.raw(names)})`;
  return sql`(select ${sql.join(selected, sql`, `)}, u.place from ${source})`;
}

function columnLiteral<T>(batch: readonly T[], pick: (row: T) => Scalar): string {
  let text = "";
  for (const row of batch) text += `${text === "" ? "" : ","}${element(pick(row))}`;
  return `{${text}}`;
}

/** What an array literal may hold as it is; everything else is quoted. */
const PLAIN = /^(?!null$)[\w:.+-]+$/i;

function element(value: Scalar): string {
  if (value === null) return "NULL";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  return PLAIN.test(value) ? value : `"${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}
