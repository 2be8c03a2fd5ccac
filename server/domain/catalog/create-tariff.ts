import { tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { requireRate } from "./internal";
import { proposePrice } from "./propose-price";
import { CreateTariffInput } from "./schema";

/**
 * Writes a new tariff down as a draft and proposes its first price, all or nothing. It is not sold until another person
 * publishes the price. Refuses, at the field: a code that is taken (`tariff.code_taken`), a VAT code without a rate on the price's
 * first day (`vat.no_rate`), and all that `proposePrice` refuses.
 */
export async function createTariff(
  ctx: Context,
  raw: CreateTariffInput,
): Promise<{ tariffId: string; proposalId: string }> {
  requirePermission(ctx, "tariff:propose");
  const { price, ...tariff } = CreateTariffInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireRate(tx, tariff.vatCode, price.newFrom, "vatCode");
    const tariffId = tx.newId();
    const written = await tx.db
      .insert(tariffs)
      .values({ id: tariffId, ...tariff, status: "draft" })
      .onConflictDoNothing({ target: tariffs.code })
      .returning({ id: tariffs.id });
    if (written.length === 0) {
      throw new DomainError("conflict", "tariff.code_taken", { field: "code", code: tariff.code });
    }
    const { proposalId } = await proposePrice(tx, { tariffId, ...price });
    await record(tx, {
      audit: [{ action: "tariff.create", entity: "tariff", entityId: tariffId, after: { ...tariff, status: "draft" } }],
    });
    return { tariffId, proposalId };
  });
}
