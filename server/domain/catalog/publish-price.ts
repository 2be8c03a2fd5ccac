import { eq, sql } from "drizzle-orm";
import { tariffPrices, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { PublishPriceInput } from "./schema";

/** Adds the next price version to a tariff. Earlier versions are never changed: whoever pays them keeps them. */
export async function publishPrice(ctx: Context, raw: PublishPriceInput): Promise<{ version: number }> {
  requirePermission(ctx, "tariff:publish");
  const { tariffId, ...price } = PublishPriceInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const [tariff] = await tx.db
      .select({ code: tariffs.code })
      .from(tariffs)
      .where(eq(tariffs.id, tariffId))
      .for("update");
    if (!tariff) throw new DomainError("not_found", "tariff.not_found");
    const [latest] = await tx.db
      .select({ version: sql<number>`max(${tariffPrices.version})` })
      .from(tariffPrices)
      .where(eq(tariffPrices.tariffId, tariffId));
    const version = (latest?.version ?? 0) + 1;
    await tx.db.insert(tariffPrices).values({ tariffId, version, ...price });
    await record(tx, {
      audit: [{ action: "tariff.publish_price", entity: "tariff", entityId: tariffId, after: { version, ...price } }],
      events: [{ type: "tariff.published", accountId: null, payload: { tariffId, code: tariff.code, version } }],
    });
    return { version };
  });
}
