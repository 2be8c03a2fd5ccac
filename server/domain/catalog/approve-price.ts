import { eq } from "drizzle-orm";
import { priceProposals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { fromContent, lockOpenProposal, personOf } from "./internal";
import { publishPrice } from "./publish-price";
import { ApprovePriceInput } from "./schema";

/**
 * Publishes a proposed price version, in the words of its author, by another person (`proposal.own` for the author). A date
 * that has passed meanwhile is refused as publishing refuses it, and the proposal goes on waiting.
 */
export async function approvePrice(ctx: Context, raw: ApprovePriceInput): Promise<{ version: number }> {
  requirePermission(ctx, "tariff:approve");
  const decidedBy = personOf(ctx);
  const { proposalId } = ApprovePriceInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const proposal = await lockOpenProposal(tx, proposalId);
    if (proposal.proposedBy === decidedBy) throw new DomainError("forbidden", "proposal.own");
    const { version } = await publishPrice(tx, fromContent(proposal.content));
    const after = { state: "approved" as const, decidedBy, version };
    await tx.db
      .update(priceProposals)
      .set({ ...after, decidedAt: tx.now() })
      .where(eq(priceProposals.id, proposalId));
    await record(tx, {
      audit: [
        {
          action: "price.approve",
          entity: "price_proposal",
          entityId: proposalId,
          before: { state: proposal.state, proposedBy: proposal.proposedBy },
          after,
        },
      ],
    });
    return { version };
  });
}
