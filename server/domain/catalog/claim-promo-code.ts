import { and, eq } from "drizzle-orm";
import { promoCodes, promoCodeTariffs, promoRedemptions } from "@/db/schema";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { type GrantedDiscount, type PromoCandidate, promoKey, promoTerms } from "./rules/promo-terms";

export interface PromoClaim {
  readonly accountId: string;
  readonly customerId: string;
  readonly code: string;
  readonly candidates: readonly PromoCandidate[];
}

/**
 * Part of redeeming: locks the code, so that any number at once go one by one, asks the rule, counts the redemption and
 * writes who it was. Answers what is granted; the caller writes the discounts, in the same transaction. Throws `not_found`
 * (`promo.unknown`) or `precondition` with the rule's reason.
 */
export async function claimPromoCode(
  tx: Context,
  { accountId, customerId, code, candidates }: PromoClaim,
): Promise<{ promoCodeId: string; code: string; granted: readonly GrantedDiscount[] }> {
  const today = dayIn(tx.now(), tx.zone);
  const [promo] = await tx.db
    .select()
    .from(promoCodes)
    .where(eq(promoCodes.code, promoKey(code)))
    .for("update");
  if (!promo) throw new DomainError("not_found", "promo.unknown");
  const ofCustomer = and(eq(promoRedemptions.promoCodeId, promo.id), eq(promoRedemptions.customerId, customerId));
  const [meant, redeemedBefore] = await Promise.all([
    tx.db.select().from(promoCodeTariffs).where(eq(promoCodeTariffs.promoCodeId, promo.id)),
    tx.db.$count(promoRedemptions, ofCustomer),
  ]);
  const tariffIds = meant.map(({ tariffId }) => tariffId);
  const terms = promoTerms({ ...promo, tariffIds }, candidates, redeemedBefore, today);
  if ("refused" in terms) throw new DomainError("precondition", terms.refused, { code: promo.code });
  const number = promo.redeemed + 1;
  await tx.db.update(promoCodes).set({ redeemed: number }).where(eq(promoCodes.id, promo.id));
  await tx.db.insert(promoRedemptions).values({
    accountId,
    promoCodeId: promo.id,
    number,
    customerId,
    place: redeemedBefore + 1,
    redeemedOn: today,
  });
  return { promoCodeId: promo.id, code: promo.code, granted: terms.granted };
}
