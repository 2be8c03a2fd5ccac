import { eq } from "drizzle-orm";
import { priceProposals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockOpenProposal, personOf } from "./internal";
import { RejectPriceInput } from "./schema";

/** Turns a proposed price down with a reason its author will read; the author withdraws instead (`proposal.own`). */
export async function rejectPrice(ctx: Context, raw: RejectPriceInput): Promise<void> {
  requirePermission(ctx, "tariff:approve");
  const decidedBy = personOf(ctx);
  const { proposalId, reason } = RejectPriceInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const proposal = await lockOpenProposal(tx, proposalId);
    if (proposal.proposedBy === decidedBy) throw new DomainError("forbidden", "proposal.own");
    const after = { state: "rejected" as const, decidedBy, reason };
    await tx.db
      .update(priceProposals)
      .set({ ...after, decidedAt: tx.now() })
      .where(eq(priceProposals.id, proposalId));
    await record(tx, {
      audit: [
        {
          action: "price.reject",
          entity: "price_proposal",
          entityId: proposalId,
          before: { state: proposal.state, proposedBy: proposal.proposedBy },
          after,
        },
      ],
    });
  });
}
