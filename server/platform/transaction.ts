import type { Db } from "@/db";
import type { Context } from "./context";

const RETRIABLE = new Set(["40001", "40P01"]);
const MAX_TRIES = 5;

/**
 * Runs `work` in a transaction, joining the one that is already open. READ COMMITTED; a deadlock or serialization
 * failure of the outermost transaction is tried again, so nobody is shown one.
 */
export async function withTransaction<C extends Context, T>(ctx: C, work: (tx: C) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction((db) => work({ ...ctx, db: db as Db, inTransaction: true }));
    } catch (error) {
      if (attempt >= MAX_TRIES || !RETRIABLE.has(sqlState(error))) throw error;
    }
  }
}

/** The SQLSTATE of a database error, looked for through the causes; "" when there is none. */
export function sqlState(error: unknown): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code = (current as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return "";
}
