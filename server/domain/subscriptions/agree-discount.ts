import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { discounts, subscriptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { AgreeDiscountInput } from "./schema";

/**
 * Agrees a discount with one subscriber for `[validFrom, validTo)`: a share off one subscription or off all of the account,
 * or a sum off one. What is charged stays as it was charged, so a past day is refused (`discount.backdated`). The same key
 * again is the same discount; on other terms it is a `conflict` (`discount.key_reused`).
 */
export async function agreeDiscount(ctx: Context, raw: AgreeDiscountInput): Promise<{ discountId: string }> {
  const scope = requirePermission(ctx, "discount:agree");
  const { requestKey: id, ...input } = AgreeDiscountInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    await lockBalances(tx, [input.accountId]);
    if (await isAgreed(tx, id, input)) return { discountId: id };
    if (input.validFrom < dayIn(tx.now(), tx.zone)) throw new DomainError("invalid", "discount.backdated");
    if (input.subscriptionId !== null) {
      const key = and(eq(subscriptions.accountId, input.accountId), eq(subscriptions.id, input.subscriptionId));
      const [found] = await tx.db.select({ id: subscriptions.id }).from(subscriptions).where(key);
      if (!found) throw new DomainError("not_found", "subscription.not_found");
    }
    await tx.db.insert(discounts).values({ ...input, id, source: "personal" });
    await record(tx, {
      audit: [
        {
          action: "discount.agree",
          entity: "discount",
          entityId: id,
          accountId: input.accountId,
          after: input,
        },
      ],
      events: [
        { type: "discount.agreed", accountId: input.accountId, payload: { discountId: id, label: input.label } },
      ],
    });
    return { discountId: id };
  });
}

/** Its end is not among them: somebody may have ended it since. */
const TERMS = ["subscriptionId", "label", "percentBp", "amountMinor", "validFrom"] as const;

/** Whether the key has made this discount already; one made on other terms is refused. */
async function isAgreed(
  tx: Context,
  id: string,
  input: Omit<z.output<typeof AgreeDiscountInput>, "requestKey">,
): Promise<boolean> {
  const key = and(eq(discounts.accountId, input.accountId), eq(discounts.id, id));
  const [made] = await tx.db.select().from(discounts).where(key);
  if (!made) return false;
  if (made.source !== "personal" || TERMS.some((term) => made[term] !== input[term])) {
    throw new DomainError("conflict", "discount.key_reused");
  }
  return true;
}
