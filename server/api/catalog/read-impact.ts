import { z } from "zod";
import { readPriceProposal } from "@/server/domain/catalog";
import { readPriceImpact } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";

export const ImpactInput = z.object({ proposalId: z.uuid(), from: z.int().min(0).max(10_000_000).default(0) });

/** What a proposal would do, told by the rule that will charge it. */
export async function readImpact(ctx: Context, { proposalId, from }: z.output<typeof ImpactInput>) {
  const { price } = await readPriceProposal(ctx, proposalId);
  return readPriceImpact(ctx, price, from);
}
