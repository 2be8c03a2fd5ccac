import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { subscriptionNotFound } from "./errors";
import { ListRecordsInput } from "./schema";

export interface MeteredRecord {
  readonly occurredAt: Date;
  readonly meter: string;
  /** In the meter's measure. */
  readonly units: bigint;
  readonly label: string | null;
  readonly isCharged: boolean;
}

export interface RecordPage {
  readonly records: readonly MeteredRecord[];
  /** Of all there are in the days asked for. */
  readonly count: number;
}

/** What a usage line was made of, record by record, the latest first. */
export async function listRecords(ctx: Context, raw: ListRecordsInput): Promise<RecordPage> {
  const scope = requirePermission(ctx, "usage:read");
  const { accountId, subscriptionId, from, to, limit } = ListRecordsInput.parse(raw);
  await requireAccounts(ctx, scope, [accountId]);
  const known = await rowsOf(
    ctx,
    sql`select 1 from subscriptions where account_id = ${accountId} and id = ${subscriptionId}`,
  );
  if (known.length === 0) throw subscriptionNotFound();
  const rows = await rowsOf<{
    occurred_at: string;
    meter: string;
    units: string;
    label: string | null;
    charged: boolean;
    count: string;
  }>(
    ctx,
    sql`
    select occurred_at, meter, units::text as units, label, charged_at is not null as charged, (count(*) over ())::text as count
    from metered_records
    where account_id = ${accountId} and subscription_id = ${subscriptionId}
      and occurred_at >= ${startOfDay(from, ctx.zone).toISOString()}::timestamptz
      and occurred_at < ${startOfDay(to, ctx.zone).toISOString()}::timestamptz
    order by occurred_at desc, source, record_id limit ${limit}`,
  );
  return {
    records: rows.map((row) => ({
      occurredAt: new Date(row.occurred_at),
      meter: row.meter,
      units: BigInt(row.units),
      label: row.label,
      isCharged: row.charged,
    })),
    count: Number(rows[0]?.count ?? 0),
  };
}
