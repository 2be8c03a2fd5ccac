import { inArray } from "drizzle-orm";
import { promoCodes, promoCodeTariffs, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { PublishPromoCodeInput } from "./schema";

/**
 * Publishes a promo code. Its terms are not changed afterwards, only its end, so whoever redeemed it and whoever will are
 * given the same. Refuses a code that is taken in any case of letters (`promo.code_taken`), a past day (`promo.backdated`)
 * and a tariff that is not there (`tariff.not_found`).
 */
export async function publishPromoCode(ctx: Context, raw: PublishPromoCodeInput): Promise<{ promoCodeId: string }> {
  requirePermission(ctx, "catalog:edit");
  const { tariffIds, ...promo } = PublishPromoCodeInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    if (promo.validFrom < dayIn(tx.now(), tx.zone)) throw new DomainError("invalid", "promo.backdated");
    const wanted = [...new Set(tariffIds)];
    if (wanted.length > 0 && (await tx.db.$count(tariffs, inArray(tariffs.id, wanted))) < wanted.length) {
      throw new DomainError("not_found", "tariff.not_found");
    }
    const id = tx.newId();
    const written = await tx.db
      .insert(promoCodes)
      .values({ id, ...promo })
      .onConflictDoNothing({ target: promoCodes.code })
      .returning({ id: promoCodes.id });
    if (written.length === 0) throw new DomainError("conflict", "promo.code_taken");
    if (wanted.length > 0) {
      await tx.db.insert(promoCodeTariffs).values(wanted.map((tariffId) => ({ promoCodeId: id, tariffId })));
    }
    await record(tx, {
      audit: [{ action: "promo.publish", entity: "promo_code", entityId: id, after: { ...promo, tariffIds: wanted } }],
    });
    return { promoCodeId: id };
  });
}
