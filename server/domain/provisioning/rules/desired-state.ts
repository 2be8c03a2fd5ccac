import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { DesiredCause, ServiceState } from "../constants";

export interface ServiceFacts {
  readonly today: Day;
  readonly startedOn: Day;
  /** Not counted itself. */
  readonly endedOn: Day | null;
  /** Reasons of the blocks open now: of the whole account and of this subscription. */
  readonly openBlocks: readonly string[];
  readonly balanceMinor: Minor;
  /** How far below zero the balance may go, ≥ 0: the permanent limit and the temporary ones in force. */
  readonly creditLimitMinor: Minor;
}

export interface Desired {
  readonly state: ServiceState;
  readonly cause: DesiredCause;
}

/**
 * What the network should do for a subscription (domain.md §2, blocks are intervals with reasons and they stack).
 *
 * - outside `[startedOn, endedOn)` → `closed`;
 * - any open block, or a balance below −creditLimit → `walled`;
 * - else `active`.
 *
 * Whether today is paid for is not asked here: charging answers it with a financial block. Of several causes the one
 * that a payment would not mend comes first.
 */
export function desiredState(facts: ServiceFacts): Desired {
  const { today, startedOn, endedOn, openBlocks, balanceMinor, creditLimitMinor } = facts;
  if (endedOn !== null && today >= endedOn) return { state: "closed", cause: "ended" };
  if (today < startedOn) return { state: "closed", cause: "not_started" };
  if (openBlocks.length > 0) return { state: "walled", cause: blockCause(openBlocks) };
  if (balanceMinor < -creditLimitMinor) return { state: "walled", cause: "credit_limit" };
  return { state: "active", cause: "in_order" };
}

/** A reason that this rule does not know still blocks; it is shown as the operator's own doing. */
function blockCause(reasons: readonly string[]): DesiredCause {
  const known = ["voluntary", "financial"] as const;
  if (reasons.some((reason) => !known.some((word) => word === reason))) return "administrative";
  return reasons.includes("voluntary") ? "voluntary" : "financial";
}
