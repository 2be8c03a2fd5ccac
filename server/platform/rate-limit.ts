import { sql } from "drizzle-orm";
import type { Context } from "./context";
import { pgArray, rowsOf } from "./rows";

export interface Limit {
  /** How many in one window. */
  readonly points: number;
  readonly windowMs: number;
}

export interface LimitAnswer {
  readonly taken: boolean;
  /** Until the window ends; 0 when the point was taken. */
  readonly retryAfterMs: number;
}

/**
 * Counts one use of `key` in a fixed window, in one atomic statement, so every process shares the count and a hundred at
 * once get no more than `points`. Call it outside a transaction: a rollback would forget the use.
 */
export async function takePoint(ctx: Pick<Context, "db" | "now">, key: string, limit: Limit): Promise<LimitAnswer> {
  const nowMs = ctx.now().getTime();
  const [row] = await rowsOf<{ points: number; expire: string }>(
    ctx,
    sql`
    insert into rate_limits as held (key, points, expire) values (${key}, 1, ${nowMs + limit.windowMs}::bigint)
    on conflict (key) do update set
      points = case when held.expire <= ${nowMs}::bigint then 1 else least(held.points, ${limit.points}) + 1 end,
      expire = case when held.expire <= ${nowMs}::bigint then excluded.expire else held.expire end
    returning points, expire::text as expire`,
  );
  const taken = (row?.points ?? 1) <= limit.points;
  return { taken, retryAfterMs: taken ? 0 : Math.max(0, Number(row?.expire ?? 0) - nowMs) };
}

/** Uncounts a use that turned out to be innocent. */
export async function givePointBack(ctx: Pick<Context, "db">, key: string): Promise<void> {
  await ctx.db.execute(sql`update rate_limits set points = greatest(points - 1, 0) where key = ${key}`);
}

/** Forgets what was counted under these keys and under those that continue them after a colon. */
export async function dropLimits(ctx: Pick<Context, "db">, keys: readonly string[]): Promise<void> {
  await ctx.db.execute(sql`
    delete from rate_limits using unnest(${pgArray(keys, "text")}) as named(key)
    where rate_limits.key = named.key or starts_with(rate_limits.key, named.key || ':')`);
}

/** Drops counters whose window is over; they mean nothing any more. */
export async function dropOldLimits(ctx: Pick<Context, "db" | "now">): Promise<void> {
  await ctx.db.execute(sql`delete from rate_limits where expire <= ${ctx.now().getTime()}::bigint`);
}
