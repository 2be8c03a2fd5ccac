import { eq } from "drizzle-orm";
import { tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockTariff } from "./internal";
import { TariffInput } from "./schema";

/**
 * Takes a tariff off sale from now on: nobody is connected to it or changes to it any more. Whoever has it, or waits for a change
 * to it, keeps it with its prices. Refuses one that is not sold (`tariff.not_on_sale`).
 */
export async function endSale(ctx: Context, raw: TariffInput): Promise<void> {
  requirePermission(ctx, "catalog:edit");
  const { tariffId } = TariffInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const { status, code } = await lockTariff(tx, tariffId);
    if (status !== "published") throw new DomainError("precondition", "tariff.not_on_sale", { code });
    await tx.db.update(tariffs).set({ status: "off_sale" }).where(eq(tariffs.id, tariffId));
    await record(tx, {
      audit: [
        {
          action: "tariff.end_sale",
          entity: "tariff",
          entityId: tariffId,
          before: { status },
          after: { status: "off_sale" },
        },
      ],
    });
  });
}
