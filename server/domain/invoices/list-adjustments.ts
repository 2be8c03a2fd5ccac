import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { ofCharge } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/** Money given back of a charge: which one, how much of it, and why. */
export interface AdjustmentLine {
  readonly id: string;
  /** What was charged: a subscription; of a fee, what it was for. */
  readonly subscriptionId: string;
  readonly term: number;
  readonly periodStart: Day;
  readonly kind: string;
  readonly bookedOn: Day;
  readonly amountMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
  readonly reason: string;
  readonly note: string | null;
  /** Of what a run gave back: how many of the line's days stay charged. */
  readonly daysKept: number | null;
  /** Of the charge: its tariff's name, or the fee's. */
  readonly nameRu: string;
  readonly nameEn: string;
}

/** Corrections of an account booked in `[from, to]`, newest first. The words staff wrote to each other stay with staff. */
export async function listAdjustments(
  ctx: Context,
  input: { accountId: string; from: Day; to: Day },
): Promise<AdjustmentLine[]> {
  const scope = requirePermission(ctx, "ledger:read");
  await requireAccounts(ctx, scope, [input.accountId]);
  const rows = await rowsOf<Record<string, string | number | null>>(
    ctx,
    sql`
    select j.*, (j.detail ->> 'daysKept')::integer as days_kept, ${ofCharge("name_ru")} as name_ru, ${ofCharge("name_en")} as name_en
    from adjustments j
    join charges c on c.account_id = j.account_id and c.subscription_id = j.subscription_id and c.term = j.term
      and c.period_start = j.period_start and c.kind = j.kind
    left join tariffs t on t.id = c.tariff_id
    where j.account_id = ${input.accountId} and j.booked_on between ${input.from} and ${input.to}
    order by j.booked_on desc, j.id desc`,
  );
  return rows.map((row) => ({
    id: String(row.id),
    subscriptionId: String(row.subscription_id),
    term: Number(row.term),
    periodStart: row.period_start as Day,
    kind: String(row.kind),
    bookedOn: row.booked_on as Day,
    amountMinor: BigInt(row.amount_minor ?? 0),
    vatPercent: Number(row.vat_percent),
    vatMinor: BigInt(row.vat_minor ?? 0),
    reason: String(row.reason),
    note: scope.kind === "all" && row.note !== null ? String(row.note) : null,
    daysKept: row.days_kept === null ? null : Number(row.days_kept),
    nameRu: String(row.name_ru),
    nameEn: String(row.name_en),
  }));
}
