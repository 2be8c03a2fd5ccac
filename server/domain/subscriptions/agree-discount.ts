import { and, eq } from "drizzle-orm";
import { discounts, subscriptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { AgreeDiscountInput } from "./schema";

/**
 * Agrees a discount with one subscriber for `[validFrom, validTo)`: a share off one subscription or off all of the account,
 * or a sum off one. What is charged stays as it was charged, so a past day is refused (`discount.backdated`).
 */
export async function agreeDiscount(ctx: Context, raw: AgreeDiscountInput): Promise<{ discountId: string }> {
  const scope = requirePermission(ctx, "discount:agree");
  const input = AgreeDiscountInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    if (input.validFrom < dayIn(tx.now(), tx.zone)) throw new DomainError("invalid", "discount.backdated");
    if (input.subscriptionId !== null) {
      const key = and(eq(subscriptions.accountId, input.accountId), eq(subscriptions.id, input.subscriptionId));
      const [found] = await tx.db.select({ id: subscriptions.id }).from(subscriptions).where(key);
      if (!found) throw new DomainError("not_found", "subscription.not_found");
    }
    const discountId = tx.newId();
    await tx.db.insert(discounts).values({ ...input, id: discountId, source: "personal" });
    await record(tx, {
      audit: [
        {
          action: "discount.agree",
          entity: "discount",
          entityId: discountId,
          accountId: input.accountId,
          after: input,
        },
      ],
      events: [{ type: "discount.agreed", accountId: input.accountId, payload: { discountId, label: input.label } }],
    });
    return { discountId };
  });
}
