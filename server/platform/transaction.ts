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

/** Whether nothing can be asked for now: SQLSTATE classes 08 (connection), 53 (resources) and 57 (shutdown), and the driver's own words for a lost connection. */
export function isDatabaseAway(error: unknown): boolean {
  if (/^(08|53|57)/.test(sqlState(error))) return true;
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (String((current as { code?: unknown }).code ?? "").startsWith("CONNECTION")) return true;
  }
  return false;
}

/** Whether trying again may go better: the database is away, or two transactions were in each other's way. */
export function isTransient(error: unknown): boolean {
  return RETRIABLE.has(sqlState(error)) || isDatabaseAway(error);
}

/** Runs a part of an open transaction so that it alone can fail: what it wrote is taken back, the rest stays. */
export function withSavepoint<C extends Context, T>(tx: C, work: (part: C) => Promise<T>): Promise<T> {
  return tx.db.transaction((db) => work({ ...tx, db: db as Db }));
}
