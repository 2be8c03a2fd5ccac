import type postgres from "postgres";

/** How long the queries of a pool that is left may still take. */
const LEAVING_SECONDS = 5;
const CODES = new Set(["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "ECONNRESET", "EPIPE"]);

/** What a query is waited for by: it is sent when this is called. */
const WAITED_WITH = "then";

/** Whether the connection itself is gone, and not merely a query refused. */
export function isConnectionLost(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code, severity } = current as { code?: unknown; severity?: unknown };
    if (severity === "FATAL" || severity === "PANIC" || CODES.has(String(code))) return true;
  }
  return false;
}

type Work = (tx: postgres.TransactionSql) => unknown;
type Transaction = (...args: unknown[]) => Promise<unknown>;
type Query = (...args: unknown[]) => Promise<unknown>;

/**
 * A pool that outlives its server. postgres.js 3.4 keeps what a lost connection left behind: the next query on it gets the
 * old one's error, and the rollback of a broken transaction is written to a socket that is no more, outside of every promise
 * (porsager/postgres#1208, #1215). So a pool that lost a connection is left for a fresh one, and a broken transaction is
 * not rolled back: its server has done so already.
 */
export function lastingPool(open: () => postgres.Sql) {
  let current = open();
  let closed = false;
  const leaving = new Set<Promise<void>>();

  function leave(pool: postgres.Sql): void {
    if (closed || pool !== current) return;
    current = open();
    // drizzle has told the first pool how it wants its values.
    Object.assign(current.options.parsers, pool.options.parsers);
    Object.assign(current.options.serializers, pool.options.serializers);
    const left = pool.end({ timeout: LEAVING_SECONDS }).finally(() => leaving.delete(left));
    leaving.add(left);
  }

  /** The query is not sent until somebody waits for it, so it is watched by what they wait with. */
  function watched(query: unknown, pool: postgres.Sql): unknown {
    const { then } = (query ?? {}) as Partial<Promise<unknown>>;
    if (typeof then !== "function") return query;
    const settled = (done: (value: unknown) => unknown, failed?: (error: unknown) => unknown) =>
      then.call(query, done, (error: unknown) => {
        if (isConnectionLost(error)) leave(pool);
        if (failed) return failed(error);
        throw error;
      });
    return Object.defineProperty(query as object, WAITED_WITH, { value: settled });
  }

  const begin =
    (pool: postgres.Sql): Transaction =>
    async (...args) => {
      try {
        return await (pool.begin as Transaction)(...args.slice(0, -1), unbroken(args.at(-1) as Work));
      } catch (error) {
        if (isConnectionLost(error)) leave(pool);
        throw error;
      }
    };

  const sql = new Proxy(current, {
    apply: (_target, _self, args) => watched((current as unknown as Query)(...args), current),
    get(_target, key) {
      if (key === "begin") return begin(current);
      if (key === "unsafe")
        return (...args: unknown[]) => watched((current.unsafe as unknown as Query)(...args), current);
      return Reflect.get(current, key);
    },
  });
  return {
    sql,
    async close(): Promise<void> {
      closed = true;
      await Promise.all([current.end({ timeout: LEAVING_SECONDS }), ...leaving]);
    },
  };
}

/** Work whose connection is gone never ends: `begin` has ended by then, told by the connection itself. */
function unbroken(work: Work): Work {
  return async (tx) => {
    const within = new Proxy(tx, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key !== "savepoint") return value;
        return (...args: unknown[]) => (value as Transaction)(...args.slice(0, -1), unbroken(args.at(-1) as Work));
      },
    });
    try {
      return await work(within);
    } catch (error) {
      if (isConnectionLost(error)) return new Promise(() => {});
      throw error;
    }
  };
}
