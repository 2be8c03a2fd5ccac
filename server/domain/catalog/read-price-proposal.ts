import { eq } from "drizzle-orm";
import { priceProposals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { fromContent } from "./internal";

/** What was proposed, whatever became of it. Throws `not_found` (`proposal.not_found`). */
export async function readPriceProposal(ctx: Context, proposalId: string) {
  requirePermission(ctx, "catalog:read");
  const [row] = await ctx.db.select().from(priceProposals).where(eq(priceProposals.id, proposalId));
  if (!row) throw new DomainError("not_found", "proposal.not_found");
  return { ...row, price: fromContent(row.content) };
}
