import { eq } from "drizzle-orm";
import { legalEntities } from "@/db/schema";
import type { Day } from "@/server/kernel/day";
import { DomainError, type ErrorDetails } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { type CloseFacts, closeObstacles } from "./rules/close-obstacles";
import type { CorrectionOrder } from "./schema";

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

/** A correction that was made: who, of which line, why; the subscriber's account is settled after it. */
export async function recordCorrection(
  tx: Context,
  action: "charge.correct" | "charge.approve_correction",
  order: CorrectionOrder,
  made: { readonly amountMinor: bigint; readonly vatMinor: bigint; readonly askedBy?: string },
): Promise<void> {
  const { accountId, subscriptionId, periodStart, reason, requestKey: adjustmentId } = order;
  await record(tx, {
    audit: [{ action, entity: "adjustment", entityId: adjustmentId, accountId, after: { ...order, ...made } }],
    events: [
      {
        type: "charge.corrected",
        accountId,
        payload: { adjustmentId, subscriptionId, periodStart, reason, amountMinor: made.amountMinor },
      },
    ],
  });
}
