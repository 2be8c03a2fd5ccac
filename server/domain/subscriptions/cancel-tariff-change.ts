import { and, eq } from "drizzle-orm";
import { subscriptionChanges } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { cancelFees } from "./charge-fee";
import { CancelTariffChangeInput } from "./schema";

/** Takes back a change of tariff that has not come into force, and gives its fee back. One that has, or was taken back already, is `not_found`. */
export async function cancelTariffChange(ctx: Context, raw: CancelTariffChangeInput): Promise<void> {
  const scope = requirePermission(ctx, "subscription:change");
  const { accountId, subscriptionId } = CancelTariffChangeInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    await lockBalances(tx, [accountId]);
    const [cancelled] = await tx.db
      .update(subscriptionChanges)
      .set({ state: "cancelled", settledAt: tx.now() })
      .where(
        and(
          eq(subscriptionChanges.accountId, accountId),
          eq(subscriptionChanges.subscriptionId, subscriptionId),
          eq(subscriptionChanges.state, "scheduled"),
        ),
      )
      .returning();
    if (!cancelled) throw new DomainError("not_found", "subscription.no_scheduled_change");
    await cancelFees(tx, [{ accountId, subjectId: cancelled.id }], dayIn(tx.now(), tx.zone));
    const payload = { subscriptionId, toTariffId: cancelled.toTariffId, effectiveOn: cancelled.effectiveOn };
    await record(tx, {
      audit: [
        {
          action: "subscription.cancel_change",
          entity: "subscription",
          entityId: subscriptionId,
          accountId,
          before: payload,
        },
      ],
      events: [{ type: "subscription.change_cancelled", accountId, payload }],
    });
  });
}
