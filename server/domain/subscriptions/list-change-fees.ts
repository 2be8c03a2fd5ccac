import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { restOfFee } from "./read-fees";

/** What was charged for a change of tariff itself, less what has been given back of it. */
export interface ChangeFee {
  readonly changeId: string;
  readonly subscriptionId: string;
  readonly feeMinor: Minor;
  /** Whether it waits for its day; otherwise it was made on the day asked about. */
  readonly isScheduled: boolean;
}

/** Fees of an account's changes that wait and of those made on `today`: what another change would give back. Kopecks. */
export async function listChangeFees(ctx: Context, accountId: string, today: Day): Promise<ChangeFee[]> {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, [accountId]);
  const rows = await rowsOf<{ id: string; subscription_id: string; state: string; fee_minor: string }>(
    ctx,
    sql`
    select c.id, c.subscription_id, c.state, f.amount_minor as fee_minor
    from subscription_changes c join ${restOfFee(sql`c.account_id`, sql`c.id`)} f on f.amount_minor > 0
    where c.account_id = ${accountId} and (c.state = 'scheduled' or (c.state = 'applied' and c.effective_on = ${today}))`,
  );
  return rows.map((row) => ({
    changeId: row.id,
    subscriptionId: row.subscription_id,
    feeMinor: BigInt(row.fee_minor),
    isScheduled: row.state === "scheduled",
  }));
}
