import { eq } from "drizzle-orm";
import { tariffPhases, tariffPrices, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockTariff } from "./internal";
import { requireNoFault } from "./rules/check-price";
import { PublishPriceInput } from "./schema";

/**
 * Adds the next price version to a tariff, with its phases. Earlier versions are never changed: whoever pays them keeps
 * them. The first version of a draft opens its sale. Refuses a date that is past (`price.backdated`) and one that a version already has (`price.overlaps`), beside what
 * the input itself may be wrong in (`priceFaults`).
 */
export async function publishPrice(ctx: Context, raw: PublishPriceInput): Promise<{ version: number }> {
  requirePermission(ctx, "tariff:publish");
  const { tariffId, phases, ...price } = PublishPriceInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const tariff = await lockTariff(tx, tariffId);
    const versions = await tx.db
      .select({
        version: tariffPrices.version,
        newFrom: tariffPrices.newFrom,
        existingFrom: tariffPrices.existingFrom,
        chargeMethod: tariffPrices.chargeMethod,
        periodMonths: tariffPrices.periodMonths,
      })
      .from(tariffPrices)
      .where(eq(tariffPrices.tariffId, tariffId));
    requireNoFault(price, versions, dayIn(tx.now(), tx.zone));
    const version = versions.reduce((highest, row) => Math.max(highest, row.version), 0) + 1;
    await tx.db.insert(tariffPrices).values({ tariffId, version, ...price });
    if (phases.length > 0)
      await tx.db.insert(tariffPhases).values(phases.map((row) => ({ tariffId, version, ...row })));
    // The first price of a tariff that was written down is what opens its sale.
    const opens = tariff.status === "draft";
    if (opens) await tx.db.update(tariffs).set({ status: "published" }).where(eq(tariffs.id, tariffId));
    await record(tx, {
      audit: [
        {
          action: "tariff.publish_price",
          entity: "tariff",
          entityId: tariffId,
          before: opens ? { status: tariff.status } : null,
          after: { version, ...price, phases, ...(opens && { status: "published" }) },
        },
      ],
      events: [{ type: "tariff.published", accountId: null, payload: { tariffId, code: tariff.code, version } }],
    });
    return { version };
  });
}
