import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { SUPPORT_PHONE_SETTING } from "./constants";

/** The number that screens offer where a person must help; null until the operator names one. */
export async function readSupportPhone(ctx: Context): Promise<string | null> {
  requirePermission(ctx, "account:read");
  const [row] = await ctx.db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, SUPPORT_PHONE_SETTING));
  return typeof row?.value === "string" ? row.value : null;
}
