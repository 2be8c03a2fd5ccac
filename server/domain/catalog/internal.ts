import { and, eq, lte } from "drizzle-orm";
import type { z } from "zod";
import { priceProposals, tariffs, vatRates } from "@/db/schema";
import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { PublishPriceInput } from "./schema";

export type ProposedPrice = z.output<typeof PublishPriceInput>;

/** A price as JSON holds it: sums are the text of their kopecks. */
export function toContent(price: ProposedPrice): Record<string, unknown> {
  return {
    ...price,
    feeMinor: price.feeMinor.toString(),
    phases: price.phases.map((phase) => ({ ...phase, feeMinor: phase.feeMinor.toString() })),
  };
}

export function fromContent(content: Record<string, unknown>): ProposedPrice {
  const phases = (content.phases ?? []) as Record<string, unknown>[];
  return PublishPriceInput.parse({
    ...content,
    feeMinor: BigInt(String(content.feeMinor)),
    phases: phases.map((phase) => ({ ...phase, feeMinor: BigInt(String(phase.feeMinor)) })),
  });
}

/** Who decides on prices is a person: four eyes are counted in people. */
export function personOf(ctx: Context): string {
  if (ctx.actor.kind === "user") return ctx.actor.userId;
  throw new DomainError("forbidden", "proposal.needs_person");
}

/** The proposal under a lock. Throws `not_found`, or `precondition` (`proposal.decided`) when it waits no more. */
export async function lockOpenProposal(tx: Context, proposalId: string) {
  const [proposal] = await tx.db.select().from(priceProposals).where(eq(priceProposals.id, proposalId)).for("update");
  if (!proposal) throw new DomainError("not_found", "proposal.not_found");
  if (proposal.state !== "proposed")
    throw new DomainError("precondition", "proposal.decided", { state: proposal.state });
  return proposal;
}

/** A price of a day that has no VAT rate could never be charged: `invalid` (`vat.no_rate`) at the field. */
export async function requireRate(tx: Context, code: string, day: Day, field: string): Promise<void> {
  const known = await tx.db.$count(vatRates, and(eq(vatRates.code, code), lte(vatRates.validFrom, day)));
  if (known === 0) throw new DomainError("invalid", "vat.no_rate", { field, code, day });
}

/** Throws `not_found` (`tariff.not_found`). */
export async function lockTariff(tx: Context, tariffId: string) {
  const [tariff] = await tx.db.select().from(tariffs).where(eq(tariffs.id, tariffId)).for("update");
  if (!tariff) throw new DomainError("not_found", "tariff.not_found");
  return tariff;
}
