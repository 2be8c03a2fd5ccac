import { eq } from "drizzle-orm";
import { webhookDeliveries } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";

/** A webhook of a kind that changes nothing here is kept and marked, so that it does not wait for ever. */
export async function setWebhookAside(ctx: Context, deliveryId: string): Promise<void> {
  requirePermission(ctx, "payment:post");
  await ctx.db
    .update(webhookDeliveries)
    .set({ processedAt: ctx.now(), outcome: "set_aside" })
    .where(eq(webhookDeliveries.id, deliveryId));
}
