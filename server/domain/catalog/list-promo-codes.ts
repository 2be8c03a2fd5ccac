import { desc } from "drizzle-orm";
import { promoCodes, promoCodeTariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";

/** Every promo code with the tariffs it is for, the latest first. */
export async function listPromoCodes(ctx: Context) {
  requirePermission(ctx, "catalog:read");
  const [codes, meant] = await Promise.all([
    ctx.db.select().from(promoCodes).orderBy(desc(promoCodes.createdAt), desc(promoCodes.id)),
    ctx.db.select().from(promoCodeTariffs),
  ]);
  const tariffsOf = Map.groupBy(meant, (row) => row.promoCodeId);
  return codes.map((promo) => ({
    ...promo,
    tariffIds: (tariffsOf.get(promo.id) ?? []).map(({ tariffId }) => tariffId),
  }));
}
