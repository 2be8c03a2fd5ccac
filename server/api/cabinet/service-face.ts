import type { NextCharge } from "@/server/domain/runs";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";

/** One service as billing wants it and as the network was last seen to have it. */
export interface NetworkFact {
  readonly desiredState: "active" | "walled" | "closed";
  readonly desiredAt: Date;
  readonly actualState: string | null;
}

export interface FaceFacts {
  readonly today: Day;
  readonly closedOn: Day | null;
  /** Subscriptions that are not over. */
  readonly running: readonly { readonly startedOn: Day; readonly kind: string }[];
  readonly money: Pick<
    NextCharge,
    "balanceMinor" | "creditLimitMinor" | "temporaryLimitMinor" | "chargeOn" | "missingMinor" | "blocked"
  >;
  /** When the block that `money.blocked` names was placed. */
  readonly blockedSince: Date | null;
  /** When it ends by itself; null when it does not. */
  readonly blockedUntil: Date | null;
  readonly services: readonly NetworkFact[];
}

type Kind =
  | { readonly kind: "terminated"; readonly on: Day }
  | { readonly kind: "none" }
  | { readonly kind: "notStarted"; readonly on: Day }
  | { readonly kind: "administrative" | "voluntary"; readonly since: Date | null; readonly until: Date | null }
  /** `missingMinor`: what brings it back. */
  | { readonly kind: "financial"; readonly since: Date | null; readonly missingMinor: Minor }
  /** Paid for, and the network has not confirmed; `since` is null while billing has not told it yet. */
  | { readonly kind: "turningOn"; readonly since: Date | null }
  /** Paid for, and no access server has ever been told of it. */
  | { readonly kind: "connected" }
  | { readonly kind: "working" };

export type ServiceFace = Kind & { readonly subject: "internet" | "services" };

/**
 * What a subscriber is told of their services: one state, the first that holds. What a payment would not mend comes
 * before what it would; what billing thinks comes before what the network thinks, and "working" needs both.
 */
export function serviceFace(facts: FaceFacts): ServiceFace {
  const subject = facts.running.some((row) => row.kind === "internet") ? "internet" : "services";
  return { subject, ...kindOf(facts) };
}

function kindOf({ today, closedOn, running, money, blockedSince, blockedUntil, services }: FaceFacts): Kind {
  if (closedOn !== null && closedOn <= today) return { kind: "terminated", on: closedOn };
  const [first] = running.map((row) => row.startedOn).sort();
  if (first === undefined) return { kind: "none" };
  if (first > today) return { kind: "notStarted", on: first };
  if (money.blocked === "administrative" || money.blocked === "voluntary") {
    return { kind: money.blocked, since: blockedSince, until: blockedUntil };
  }
  const availableMinor = money.balanceMinor + money.creditLimitMinor + money.temporaryLimitMinor;
  if (money.chargeOn === today && money.missingMinor > 0n) {
    return { kind: "financial", since: blockedSince, missingMinor: money.missingMinor };
  }
  if (availableMinor < 0n) return { kind: "financial", since: blockedSince, missingMinor: -availableMinor };
  const wanted = services.filter((service) => service.desiredState !== "closed");
  const needed = running.some((row) => row.kind === "internet" && row.startedOn <= today);
  return needed && wanted.length === 0 ? { kind: "connected" } : networkKind(wanted);
}

/** Money is in order: what is still walled is about to be opened by the job that follows every payment. */
function networkKind(services: readonly NetworkFact[]): Kind {
  if (services.some((service) => service.desiredState === "walled")) return { kind: "turningOn", since: null };
  const [oldest] = services
    .filter((service) => service.actualState !== "active")
    .map((service) => service.desiredAt)
    .sort((a, b) => a.getTime() - b.getTime());
  return oldest ? { kind: "turningOn", since: oldest } : { kind: "working" };
}
