import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { addMonths, type Day, dayIn, monthStart, startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { ReadUsageInput } from "./schema";

export interface UsageTotals {
  /** What the subscriber sent and received, octets. */
  readonly sentOctets: bigint;
  readonly receivedOctets: bigint;
  readonly seconds: number;
  readonly sessions: number;
}

export interface MonthUsage extends UsageTotals {
  /** The month, `[from, to)`, in the operator's zone. */
  readonly from: Day;
  readonly to: Day;
  readonly services: readonly (UsageTotals & { readonly serviceId: string })[];
}

/** What an account's services have used this month. A session counts in the month it began in. */
export async function readUsage(ctx: Context, raw: ReadUsageInput): Promise<MonthUsage> {
  const scope = requirePermission(ctx, "service:read");
  const { accountId } = ReadUsageInput.parse(raw);
  const from = monthStart(dayIn(ctx.now(), ctx.zone));
  const to = addMonths(from, 1);
  const [, rows] = await Promise.all([
    requireAccounts(ctx, scope, [accountId]),
    rowsOf<{ service_id: string; sent: string; received: string; seconds: string; sessions: string }>(
      ctx,
      sql`
      select service_id, sum(input_octets)::text as sent, sum(output_octets)::text as received, sum(seconds)::text as seconds,
             count(*)::text as sessions
      from usage_records
      where account_id = ${accountId} and started_at >= ${startOfDay(from, ctx.zone).toISOString()}::timestamptz
        and started_at < ${startOfDay(to, ctx.zone).toISOString()}::timestamptz
      group by service_id order by service_id`,
    ),
  ]);
  const services = rows.map((row) => ({
    serviceId: row.service_id,
    sentOctets: BigInt(row.sent),
    receivedOctets: BigInt(row.received),
    seconds: Number(row.seconds),
    sessions: Number(row.sessions),
  }));
  return { from, to, ...total(services), services };
}

function total(services: readonly UsageTotals[]): UsageTotals {
  return services.reduce(
    (sum, one) => ({
      sentOctets: sum.sentOctets + one.sentOctets,
      receivedOctets: sum.receivedOctets + one.receivedOctets,
      seconds: sum.seconds + one.seconds,
      sessions: sum.sessions + one.sessions,
    }),
    { sentOctets: 0n, receivedOctets: 0n, seconds: 0, sessions: 0 },
  );
}
