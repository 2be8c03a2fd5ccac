import { eq } from "drizzle-orm";
import { priceProposals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockOpenProposal, personOf } from "./internal";
import { ApprovePriceInput } from "./schema";

/** Takes one's own proposal back, to write it anew; another's is `proposal.not_own`. */
export async function withdrawPrice(ctx: Context, raw: ApprovePriceInput): Promise<void> {
  requirePermission(ctx, "tariff:propose");
  const decidedBy = personOf(ctx);
  const { proposalId } = ApprovePriceInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const proposal = await lockOpenProposal(tx, proposalId);
    if (proposal.proposedBy !== decidedBy) throw new DomainError("forbidden", "proposal.not_own");
    const after = { state: "withdrawn" as const, decidedBy };
    await tx.db
      .update(priceProposals)
      .set({ ...after, decidedAt: tx.now() })
      .where(eq(priceProposals.id, proposalId));
    await record(tx, {
      audit: [
        {
          action: "price.withdraw",
          entity: "price_proposal",
          entityId: proposalId,
          before: { state: proposal.state },
          after,
        },
      ],
    });
  });
}
