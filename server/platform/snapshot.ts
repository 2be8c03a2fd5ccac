import type { Db } from "@/db";
import type { Actor, Context } from "./context";

/**
 * Runs reads that must agree with each other: all of them see the database as it was at the first. Without it a screen
 * that reads a payment and a balance side by side may see one before and the other after the same commit. Nothing can be
 * written inside, and what was asked once is remembered to its end (`remembered`). Joins a transaction that is already open.
 */
export async function withSnapshot<C extends Context, T>(ctx: C, work: (snapshot: C) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx);
  return ctx.db.transaction(
    (db) => {
      memories.set(db, new WeakMap());
      return work({ ...ctx, db: db as Db, inTransaction: true });
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

type Answers = Map<string, Promise<unknown>>;

/**
 * By the snapshot's own handle and then by who asks: the handle is made for one snapshot and known to nobody else, so an
 * answer can reach neither another request nor another actor, and goes when the snapshot does.
 */
const memories = new WeakMap<object, WeakMap<Actor, Answers>>();

/**
 * The answer to a question that this actor already asked in this snapshot, where it cannot have changed; outside a
 * snapshot, and so in every transaction that writes, asks anew. `question` names the verb and everything its answer
 * depends on. What is handed out is shared: nobody may change it. The caller checks permission before, every time.
 */
export async function remembered<T>(ctx: Context, question: readonly unknown[], ask: () => PromiseLike<T>): Promise<T> {
  const memory = memories.get(ctx.db);
  if (!memory) return ask();
  const answers: Answers = memory.get(ctx.actor) ?? new Map();
  memory.set(ctx.actor, answers);
  const key = JSON.stringify(question);
  const known = answers.get(key) as Promise<T> | undefined;
  if (known) return known;
  // A query of drizzle's asks again each time it is awaited; a promise of it asks once.
  const answer = Promise.resolve(ask());
  answers.set(key, answer);
  return answer;
}
