import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";

/** How long what a pool that is left still has under way may take. */
const LEAVING_SECONDS = 60;
const CLOSING_SECONDS = 5;
/** Between the last word of a connection and its end. */
const END_FOLLOWS_MS = 1_000;
const LOST = new Set(["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "ECONNRESET", "EPIPE"]);

type Call = (...args: unknown[]) => unknown;
type Work = (tx: postgres.TransactionSql) => unknown;
type Transaction = (...args: unknown[]) => Promise<unknown>;
/** What of the driver's query is used here: it calls `handler` to be sent, and has no `state` until it is. */
type Query = {
  handler: (query: Query) => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  cancel: () => unknown;
  state: object | null;
};

/** A pool of the driver's, and what it was asked and has not answered. */
type Pool = { sql: postgres.Sql; asked: Set<Query>; left: boolean };

/**
 * A pool that outlives its server. In postgres.js 3.4 a connection that closed is not fit to be opened again: it keeps its
 * half-written bytes and never writes after them, and gives the next query the old one's error; a pool that ends forgets
 * the queries that wait for a connection; and what is asked of a transaction whose connection is gone is written to no
 * socket, outside of every promise, or runs outside of any transaction (porsager/postgres#1208, #1215).
 *
 * So a pool is left for a fresh one when any connection of it closes: what the others are doing may end, what was not
 * sent yet fails at once. A broken transaction is not rolled back, its server has done so already; and after its end, a
 * transaction can be asked nothing.
 *
 * `open` passes on `onclose`, and keeps connections from ending by themselves: no `max_lifetime`, no `idle_timeout`.
 */
export function lastingPool(open: (onclose: () => void) => postgres.Sql) {
  let closed = false;
  const leaving = new Set<Promise<void>>();
  let current = fresh();

  function fresh(): Pool {
    const pool: Pool = { sql: open(() => leave(pool)), asked: new Set(), left: false };
    const unsafe = pool.sql.unsafe as unknown as Call;
    // The driver's own `begin` asks by it as well.
    Object.assign(pool.sql, { unsafe: (...args: unknown[]) => watched(unsafe(...args), pool) });
    return pool;
  }

  function leave(pool: Pool): void {
    if (closed || pool.left) return;
    pool.left = true;
    current = fresh();
    // drizzle has told the first pool how it wants its values.
    Object.assign(current.sql.options.parsers, pool.sql.options.parsers);
    Object.assign(current.sql.options.serializers, pool.sql.options.serializers);
    for (const query of pool.asked) if (!query.state) refuse(query);
    const left = end(pool, LEAVING_SECONDS).finally(() => leaving.delete(left));
    leaving.add(left);
  }

  async function end(pool: Pool, timeout: number): Promise<void> {
    await pool.sql.end({ timeout });
    for (const query of pool.asked) refuse(query);
  }

  const begin: Transaction = async (...args) => {
    const { sql } = current;
    const transaction = { over: false };
    try {
      return await (sql.begin as Transaction)(...args.slice(0, -1), guarded(args.at(-1) as Work, transaction));
    } finally {
      transaction.over = true;
    }
  };
  // Whoever keeps one of these keeps the pool of the day, not the pool of the moment.
  const unsafe: Call = (...args) => (current.sql.unsafe as unknown as Call)(...args);
  const sql = new Proxy(current.sql, {
    apply: (_target, _self, args) => watched((current.sql as unknown as Call)(...args), current),
    get: (_target, key) => (key === "begin" ? begin : key === "unsafe" ? unsafe : Reflect.get(current.sql, key)),
  });

  return {
    sql,
    async close(): Promise<void> {
      closed = true;
      const left = Promise.race([Promise.all(leaving), pause(CLOSING_SECONDS * 1_000, undefined, { ref: false })]);
      await Promise.all([end(current, CLOSING_SECONDS), left]);
    },
  };
}

/** Keeps the query among what its pool was asked until it is answered. */
function watched(made: unknown, pool: Pool): unknown {
  const query = made as Query;
  if (typeof query?.handler !== "function") return made;
  const { handler, resolve, reject } = query;
  return Object.assign(query, {
    handler(asking: Query) {
      if (pool.left) return refuse(asking);
      pool.asked.add(asking);
      return handler(asking);
    },
    resolve(value: unknown) {
      pool.asked.delete(query);
      resolve(value);
    },
    reject(error: unknown) {
      pool.asked.delete(query);
      reject(error);
    },
  });
}

function refuse(query: Query): void {
  query.reject(connectionClosed());
  // Also takes it out of the pool's queue, so that it is not sent after all.
  query.cancel();
}

function connectionClosed(): Error {
  return Object.assign(new Error("The connection to the database is gone"), { code: "CONNECTION_CLOSED" });
}

/**
 * The work of a transaction or savepoint. When its connection is gone it never ends: `begin` has ended by then, told by the
 * connection itself, and neither commit nor rollback can be sent.
 */
function guarded(work: Work, transaction: { over: boolean }): Work {
  const gone = () => new Promise(() => {});
  return async (tx) => {
    const asked =
      (ask: Call): Call =>
      (...args) => {
        if (transaction.over) throw connectionClosed();
        return ask(...args);
      };
    const unsafe = asked(tx.unsafe as unknown as Call);
    const savepoint = asked((...args) =>
      (tx.savepoint as Transaction)(...args.slice(0, -1), guarded(args.at(-1) as Work, transaction)),
    );
    const within = new Proxy(tx, {
      apply: (_target, _self, args) => asked(tx as unknown as Call)(...args),
      get: (target, key) => (key === "savepoint" ? savepoint : key === "unsafe" ? unsafe : Reflect.get(target, key)),
    });
    try {
      const result = await work(within);
      return transaction.over ? gone() : result;
    } catch (error) {
      if (isConnectionLost(error)) await pause(END_FOLLOWS_MS, undefined, { ref: false });
      if (transaction.over) return gone();
      throw error;
    }
  };
}

/** Whether the connection itself is gone, and not merely a query refused. */
function isConnectionLost(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code, severity } = current as { code?: unknown; severity?: unknown };
    if (severity === "FATAL" || severity === "PANIC" || LOST.has(String(code))) return true;
  }
  return false;
}
