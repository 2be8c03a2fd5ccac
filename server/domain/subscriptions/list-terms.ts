import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { type PresentTerm, type SubscriptionTerm, type TariffChange, termsOf } from "./rules/terms-of";

/** A subscription with every tariff it has had, and what of its account usage depends on. */
export interface SubscriptionLife {
  readonly present: PresentTerm;
  readonly changes: readonly TariffChange[];
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly anchorDay: number;
  readonly quantity: number;
  readonly closedOn: Day | null;
  /** As of the day asked for; earliest first, without a gap. */
  readonly terms: readonly SubscriptionTerm[];
}

/** Lives of the subscriptions of accounts, or of those named alone; unknown ones are absent. */
export async function listTerms(
  ctx: Context,
  wanted: { readonly accountIds: readonly string[]; readonly subscriptionIds?: readonly string[] },
  today: Day,
): Promise<SubscriptionLife[]> {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, wanted.accountIds);
  const named = wanted.subscriptionIds;
  const rows = await rowsOf<{
    account_id: string;
    id: string;
    tariff_id: string;
    quantity: number;
    term: number;
    started_on: Day;
    term_from: Day | null;
    ended_on: Day | null;
    anchor_day: number;
    closed_on: Day | null;
    changes: TariffChange[] | null;
  }>(
    ctx,
    sql`
    select s.account_id, s.id, s.tariff_id, s.quantity, s.term, s.started_on, s.term_from, s.ended_on, a.anchor_day, a.closed_on,
           (select json_agg(json_build_object('state', c.state, 'fromTariffId', c.from_tariff_id, 'toTariffId', c.to_tariff_id,
                                              'effectiveOn', c.effective_on) order by c.id)
            from subscription_changes c
            where c.account_id = s.account_id and c.subscription_id = s.id and c.state in ('applied', 'scheduled')) as changes
    from subscriptions s join accounts a on a.id = s.account_id
    where s.account_id = ${anyOf(wanted.accountIds, "uuid")}
      ${named === undefined ? sql`` : sql`and s.id = ${anyOf(named, "uuid")}`}
    order by s.account_id, s.started_on, s.id`,
  );
  return rows.map((row) => {
    const changes = row.changes ?? [];
    const present = {
      term: row.term,
      tariffId: row.tariff_id,
      startedOn: row.started_on,
      termFrom: row.term_from,
      endedOn: row.ended_on,
    };
    return {
      accountId: row.account_id,
      subscriptionId: row.id,
      anchorDay: row.anchor_day,
      quantity: row.quantity,
      closedOn: row.closed_on,
      present,
      changes,
      terms: termsOf(present, changes, today),
    };
  });
}
