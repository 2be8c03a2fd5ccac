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
 * Sells a tariff again that was taken off sale, at the price version that two people agreed to: another price is another
 * proposal. Refuses any other state (`tariff.not_off_sale`), so a draft is sold by its first published price alone.
 */
export async function reopenSale(ctx: Context, raw: TariffInput): Promise<void> {
  requirePermission(ctx, "catalog:edit");
  const { tariffId } = TariffInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const { status, code } = await lockTariff(tx, tariffId);
    if (status !== "off_sale") throw new DomainError("precondition", "tariff.not_off_sale", { code });
    await tx.db.update(tariffs).set({ status: "published" }).where(eq(tariffs.id, tariffId));
    await record(tx, {
      audit: [
        {
          action: "tariff.reopen_sale",
          entity: "tariff",
          entityId: tariffId,
          before: { status },
          after: { status: "published" },
        },
      ],
    });
  });
}
