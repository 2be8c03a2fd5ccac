import { eq } from "drizzle-orm";
import { legalEntities } from "@/db/schema";
import type { Day } from "@/server/kernel/day";
import { DomainError, type ErrorDetails } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { type CloseFacts, closeObstacles } from "./rules/close-obstacles";

/** Throws `not_found` (`legal_entity.not_found`). */
export async function requireLegalEntity(ctx: Context, id: string): Promise<void> {
  const [row] = await ctx.db.select({ id: legalEntities.id }).from(legalEntities).where(eq(legalEntities.id, id));
  if (!row) throw new DomainError("not_found", "legal_entity.not_found");
}

/** Throws `precondition` (`period.<obstacle>`) with the first thing that is in the way. */
export function refuseToClose(facts: CloseFacts): void {
  const [first] = closeObstacles(facts);
  if (!first) return;
  const { kind, ...details } = first;
  const shown = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === "bigint" ? value.toString() : value,
  ]);
  throw new DomainError("precondition", `period.${kind}`, Object.fromEntries(shown) as ErrorDetails);
}

/** Only the last closed month opens: an earlier one would change the sums that a later one was closed on. */
export function refuseToReopen(closedThrough: Day | null, month: string): void {
  const last = closedThrough?.slice(0, 7);
  if (last === undefined || last < month) throw new DomainError("precondition", "period.not_closed", { month });
  if (last > month) throw new DomainError("precondition", "period.later_closed", { month: last });
}
