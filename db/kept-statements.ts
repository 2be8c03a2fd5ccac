import type postgres from "postgres";

/** Longer ones, and those with a parameter per row, are written out anew each time: too many would be kept. */
const LONGEST_KEPT = 6_000;
const MOST_PARAMETERS = 24;

type Begin = (...args: unknown[]) => unknown;
type Unsafe = (query: string, params?: unknown[], options?: Record<string, unknown>) => unknown;

/**
 * Keeps short statements prepared on their connection. drizzle asks the driver to prepare nothing that has no name, and an
 * unprepared statement with parameters takes two round trips: one to learn their types, one to run it.
 *
 * Plans are still made for the values at hand: see `plan_cache_mode` in `openDatabase`.
 */
export function keepingStatements<S extends postgres.Sql | postgres.TransactionSql>(sql: S): S {
  const unsafe = sql.unsafe as unknown as Unsafe;
  const keeping: Unsafe = (query, params = [], options = {}) =>
    unsafe(query, params, isKept(query, params) ? { ...options, prepare: true } : options);
  const within =
    (begin: Begin): Begin =>
    (...args) => {
      const work = args.pop() as (tx: postgres.TransactionSql) => unknown;
      return begin(...args, (tx: postgres.TransactionSql) => work(keepingStatements(tx)));
    };
  return new Proxy(sql, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === "unsafe") return keeping;
      return key === "begin" || key === "savepoint" ? within(value as Begin) : value;
    },
  });
}

function isKept(query: string, params: readonly unknown[]): boolean {
  return params.length > 0 && params.length <= MOST_PARAMETERS && query.length <= LONGEST_KEPT;
}
