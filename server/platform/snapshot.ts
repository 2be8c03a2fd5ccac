import type { Db } from "@/db";
import type { Context } from "./context";

/**
 * Runs reads that must agree with each other: all of them see the database as it was at the first. Without it a screen
 * that reads a payment and a balance side by side may see one before and the other after the same commit. Nothing can be
 * written inside. Joins a transaction that is already open.
 */
export async function withSnapshot<C extends Context, T>(ctx: C, work: (snapshot: C) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx);
  return ctx.db.transaction((db) => work({ ...ctx, db: db as Db, inTransaction: true }), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}
