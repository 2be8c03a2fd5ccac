import { and, eq } from "drizzle-orm";
import { personalPrices, subscriptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { AgreePersonalPriceInput } from "./schema";

/** Agrees a price with one subscriber for `[validFrom, validTo)`. A price already charged stays as it was charged. */
export async function agreePersonalPrice(ctx: Context, raw: AgreePersonalPriceInput): Promise<void> {
  const scope = requirePermission(ctx, "subscription:agree_price");
  const input = AgreePersonalPriceInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const [subscription] = await tx.db
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(and(eq(subscriptions.accountId, input.accountId), eq(subscriptions.id, input.subscriptionId)))
      .for("update");
    if (!subscription) throw new DomainError("not_found", "subscription.not_found");
    await tx.db
      .insert(personalPrices)
      .values(input)
      .onConflictDoUpdate({
        target: [personalPrices.accountId, personalPrices.subscriptionId, personalPrices.validFrom],
        set: { feeMinor: input.feeMinor, validTo: input.validTo },
      });
    await record(tx, {
      audit: [
        {
          action: "subscription.agree_price",
          entity: "subscription",
          entityId: input.subscriptionId,
          accountId: input.accountId,
          after: input,
        },
      ],
      events: [{ type: "subscription.price_agreed", accountId: input.accountId, payload: input }],
    });
  });
}
