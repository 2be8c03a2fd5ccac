import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

export interface BookedPayment {
  readonly bookedOn: Day;
  readonly occurredAt: Date;
  readonly amountMinor: Minor;
}

/** Real payments of an account that were booked on or after a day, newest first. */
export async function listPaymentsBooked(ctx: Context, accountId: string, from: Day): Promise<BookedPayment[]> {
  const scope = requirePermission(ctx, "ledger:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, [accountId]);
  const rows = await rowsOf<{ booked_on: Day; occurred_at: string; amount_minor: string }>(
    ctx,
    sql`
    select booked_on, occurred_at, amount_minor from transfers
    where account_id = ${accountId} and booked_on >= ${from}::date and kind = 'payment' and credit = 'customer'
    order by booked_on desc, number desc`,
  );
  return rows.map((row) => ({
    bookedOn: row.booked_on,
    occurredAt: new Date(row.occurred_at),
    amountMinor: BigInt(row.amount_minor),
  }));
}
