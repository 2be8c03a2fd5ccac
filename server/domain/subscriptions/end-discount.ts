import { and, eq } from "drizzle-orm";
import { discounts } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { dayIn, laterDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { EndDiscountInput } from "./schema";

/**
 * Ends a discount today, whatever it came from: periods that begin from now on are charged without it. One that has not begun
 * never will. `discount.over` when it has ended.
 */
export async function endDiscount(ctx: Context, raw: EndDiscountInput): Promise<void> {
  const scope = requirePermission(ctx, "discount:agree");
  const input = EndDiscountInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const key = and(eq(discounts.accountId, input.accountId), eq(discounts.id, input.discountId));
    const [before] = await tx.db
      .select({ label: discounts.label, validFrom: discounts.validFrom, validTo: discounts.validTo })
      .from(discounts)
      .where(key)
      .for("update");
    if (!before) throw new DomainError("not_found", "discount.not_found");
    const today = dayIn(tx.now(), tx.zone);
    if (before.validTo !== null && before.validTo <= today) throw new DomainError("precondition", "discount.over");
    const after = { validTo: laterDay(today, before.validFrom) };
    await tx.db.update(discounts).set(after).where(key);
    await record(tx, {
      audit: [
        {
          action: "discount.end",
          entity: "discount",
          entityId: input.discountId,
          accountId: input.accountId,
          before,
          after,
        },
      ],
      events: [{ type: "discount.ended", accountId: input.accountId, payload: { label: before.label } }],
    });
  });
}
