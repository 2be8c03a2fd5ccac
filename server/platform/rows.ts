import { type SQL, sql } from "drizzle-orm";
import type { Context } from "./context";

/** Rows of a set-based statement. Sums come back as text and are turned by the caller with `BigInt`. */
export async function rowsOf<T extends Record<string, unknown>>(ctx: Pick<Context, "db">, query: SQL): Promise<T[]> {
  return (await ctx.db.execute(query)) as unknown as T[];
}

/**
 * A whole array as ONE parameter, `$1::bigint[]`, for `unnest`. drizzle would spread an array into a list of
 * parameters, which ends at 65,535 of them.
 */
export function pgArray(values: readonly (string | number | bigint | boolean | null)[], type: string): SQL {
  return sql`${sql.param(arrayLiteral(values))}::${sql.raw(type)}[]`;
}

function arrayLiteral(values: readonly (string | number | bigint | boolean | null)[]): string {
  return `{${values.map((value) => (value === null ? "NULL" : typeof value === "string" ? quoted(value) : String(value))).join(",")}}`;
}

function quoted(value: string): string {
  return `"${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}
