import { eq } from "drizzle-orm";
import { priceProposals, tariffPrices } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockTariff, personOf, requireRate, toContent } from "./internal";
import { requireNoFault } from "./rules/check-price";
import { PublishPriceInput } from "./schema";

/**
 * Writes a price version down for a second person to look at; nothing is published and nobody pays otherwise. One proposal of
 * a tariff waits at a time (`proposal.one_open`). Refuses all that publishing would refuse today, and a day that the tariff's VAT
 * has no rate for (`vat.no_rate`).
 */
export async function proposePrice(ctx: Context, raw: PublishPriceInput): Promise<{ proposalId: string }> {
  requirePermission(ctx, "tariff:propose");
  const proposedBy = personOf(ctx);
  const input = PublishPriceInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const tariff = await lockTariff(tx, input.tariffId);
    const versions = await tx.db.select().from(tariffPrices).where(eq(tariffPrices.tariffId, input.tariffId));
    requireNoFault(input, versions, dayIn(tx.now(), tx.zone));
    await requireRate(tx, tariff.vatCode, input.newFrom, "newFrom");
    const id = tx.newId();
    const content = toContent(input);
    const written = await tx.db
      .insert(priceProposals)
      .values({ id, tariffId: input.tariffId, content, state: "proposed", proposedBy, createdAt: tx.now() })
      .onConflictDoNothing()
      .returning({ id: priceProposals.id });
    if (written.length === 0) throw new DomainError("conflict", "proposal.one_open");
    await record(tx, {
      audit: [{ action: "price.propose", entity: "price_proposal", entityId: id, after: content }],
    });
    return { proposalId: id };
  });
}
