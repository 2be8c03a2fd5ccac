import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { type Day, startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf, tableOf } from "@/server/platform/rows";

/** A stretch of a subscription's days, `[from, to)`, in the operator's zone. */
export interface SpanToLoad {
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly from: Day;
  readonly to: Day;
}

/** What was used in it, by meter, each record's units in the order they happened. */
export interface LoadedSpan extends SpanToLoad {
  readonly meters: readonly { readonly meter: string; readonly units: readonly bigint[] }[];
  /** Something of it has not been charged. */
  readonly hasNew: boolean;
}

/**
 * The records of many spans, in their order, in one query. The units of a span come as one text, so ten thousand accounts with a
 * hundred calls each are a few megabytes and not a million rows. Spans of no records are absent.
 */
export async function loadRecords(ctx: Context, spans: readonly SpanToLoad[]): Promise<LoadedSpan[]> {
  const scope = requirePermission(ctx, "usage:read");
  if (scope.kind === "customer") {
    await requireAccounts(
      ctx,
      scope,
      spans.map((span) => span.accountId),
    );
  }
  if (spans.length === 0) return [];
  const rows = await rowsOf<{ place: string; meter: string; units: string; has_new: boolean }>(
    ctx,
    sql`
    select s.place::text as place, m.meter, m.units, m.has_new
    from ${spanTable(ctx, spans)} s
    cross join lateral (
      select r.meter, string_agg(r.units::text, ' ' order by r.occurred_at, r.source, r.record_id) as units,
             bool_or(r.charged_at is null) as has_new
      from metered_records r
      where r.account_id = s.account_id and r.subscription_id = s.subscription_id
        and r.occurred_at >= s.from_at and r.occurred_at < s.to_at
      group by r.meter
    ) m
    order by s.place, m.meter`,
  );
  return [...Map.groupBy(rows, (row) => Number(row.place))].flatMap(([place, meters]) => {
    const span = spans[place - 1];
    return span
      ? [
          {
            ...span,
            meters: meters.map(({ meter, units }) => ({ meter, units: units.split(" ").map(BigInt) })),
            hasNew: meters.some((one) => one.has_new),
          },
        ]
      : [];
  });
}

/** Spans with the instants their days begin at; few days, so few looks into the calendar. */
export function spanTable(ctx: Context, spans: readonly SpanToLoad[]) {
  const starts = new Map<Day, Date>();
  const startOf = (day: Day) => {
    const at = starts.get(day) ?? startOfDay(day, ctx.zone);
    starts.set(day, at);
    return at;
  };
  return tableOf(spans, {
    account_id: ["uuid", (span) => span.accountId],
    subscription_id: ["uuid", (span) => span.subscriptionId],
    from_at: ["timestamptz", (span) => startOf(span.from)],
    to_at: ["timestamptz", (span) => startOf(span.to)],
  });
}
