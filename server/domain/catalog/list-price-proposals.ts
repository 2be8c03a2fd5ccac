import { desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { priceProposals, users } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { fromContent } from "./internal";

export type PriceProposal = Awaited<ReturnType<typeof listPriceProposals>>[number];

/** What was proposed for a tariff, or what waits for all of them, the latest first, with the names of who wrote and decided. */
export async function listPriceProposals(ctx: Context, wanted: { tariffId: string } | { state: "proposed" }) {
  requirePermission(ctx, "catalog:read");
  const author = alias(users, "author");
  const decider = alias(users, "decider");
  const rows = await ctx.db
    .select({ proposal: priceProposals, author: author.displayName, decider: decider.displayName })
    .from(priceProposals)
    .leftJoin(author, eq(author.id, priceProposals.proposedBy))
    .leftJoin(decider, eq(decider.id, priceProposals.decidedBy))
    .where("tariffId" in wanted ? eq(priceProposals.tariffId, wanted.tariffId) : eq(priceProposals.state, wanted.state))
    .orderBy(desc(priceProposals.createdAt), desc(priceProposals.id))
    .limit(200);
  return rows.map(({ proposal: { content, ...proposal }, author: proposer, decider: decided }) => ({
    ...proposal,
    price: fromContent(content),
    proposerName: proposer ?? "",
    deciderName: decided,
    isOwn: ctx.actor.kind === "user" && ctx.actor.userId === proposal.proposedBy,
  }));
}
