import { and, eq } from "drizzle-orm";
import { subscriptions } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { dayIn, laterDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { EndAddOnInput } from "./schema";

/**
 * Switches an addition off today; what was paid for the days after is given back by charging. Only additions: the main tariff
 * is not ended by a tap (`addon.not_an_addition`). An instalment runs to its last charge, so only a person of the operator
 * ends one early (`addon.instalment_runs`). `subscription.already_ended` when it was switched off before.
 */
export async function endAddOn(ctx: Context, raw: EndAddOnInput): Promise<void> {
  const scope = requirePermission(ctx, "addon:switch");
  const { accountId, subscriptionId } = EndAddOnInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const key = and(eq(subscriptions.accountId, accountId), eq(subscriptions.id, subscriptionId));
    const [[before], catalog] = await Promise.all([
      tx.db.select().from(subscriptions).where(key).for("update"),
      readCatalog(tx),
    ]);
    if (!before) throw new DomainError("not_found", "subscription.not_found");
    const tariff = catalog.tariffs.get(before.tariffId);
    if (tariff?.kind !== "option" || tariff.boostHours !== null) {
      throw new DomainError("precondition", "addon.not_an_addition");
    }
    if (before.endedOn) {
      throw new DomainError("precondition", "subscription.already_ended", { endedOn: before.endedOn });
    }
    if (scope.kind === "customer" && tariff.prices.some((price) => price.maxCharges !== null)) {
      throw new DomainError("precondition", "addon.instalment_runs");
    }
    const after = { endedOn: laterDay(dayIn(tx.now(), tx.zone), before.startedOn), endReason: "switched_off" };
    await tx.db.update(subscriptions).set(after).where(key);
    await record(tx, {
      audit: [
        {
          action: "subscription.end",
          entity: "subscription",
          entityId: subscriptionId,
          accountId,
          before: { endedOn: null },
          after,
        },
      ],
      events: [{ type: "subscription.ended", accountId, payload: { subscriptionId, ...after } }],
    });
  });
}
