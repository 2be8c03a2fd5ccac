import { eq } from "drizzle-orm";
import { tariffPhases, tariffPrices, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { requireNoFault } from "./rules/check-price";
import { PublishPriceInput } from "./schema";

/**
 * Adds the next price version to a tariff, with its phases. Earlier versions are never changed: whoever pays them keeps
 * them. Refuses a date that is past (`price.backdated`) and one that a version already has (`price.overlaps`), beside what
 * the input itself may be wrong in (`priceFaults`).
 */
export async function publishPrice(ctx: Context, raw: PublishPriceInput): Promise<{ version: number }> {
  requirePermission(ctx, "tariff:publish");
  const { tariffId, phases, ...price } = PublishPriceInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const [tariff] = await tx.db
      .select({ code: tariffs.code })
      .from(tariffs)
      .where(eq(tariffs.id, tariffId))
      .for("update");
    if (!tariff) throw new DomainError("not_found", "tariff.not_found");
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
    await record(tx, {
      audit: [
        {
          action: "tariff.publish_price",
          entity: "tariff",
          entityId: tariffId,
          after: { version, ...price, phases },
        },
      ],
      events: [{ type: "tariff.published", accountId: null, payload: { tariffId, code: tariff.code, version } }],
    });
    return { version };
  });
}
