import { eq } from "drizzle-orm";
import { promoCodes } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { EndPromoCodeInput } from "./schema";

/** Ends a promo code today: it cannot be redeemed any more, and what was redeemed stays. `promo.over` when it has ended. */
export async function endPromoCode(ctx: Context, raw: EndPromoCodeInput): Promise<void> {
  requirePermission(ctx, "catalog:edit");
  const { promoCodeId } = EndPromoCodeInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const key = eq(promoCodes.id, promoCodeId);
    const [before] = await tx.db.select({ validTo: promoCodes.validTo }).from(promoCodes).where(key).for("update");
    if (!before) throw new DomainError("not_found", "promo.not_found");
    const after = { validTo: dayIn(tx.now(), tx.zone) };
    if (before.validTo !== null && before.validTo <= after.validTo) throw new DomainError("precondition", "promo.over");
    await tx.db.update(promoCodes).set(after).where(key);
    await record(tx, {
      audit: [{ action: "promo.end", entity: "promo_code", entityId: promoCodeId, before, after }],
    });
  });
}
