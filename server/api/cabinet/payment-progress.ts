import type { PaymentState } from "@/server/domain/payments";
import type { Minor } from "@/server/kernel/money";
import type { ServiceFace } from "./service-face";

export type StepState = "waiting" | "doing" | "done" | "stopped";
export interface Step {
  readonly state: StepState;
  /** When it was done; for one being done, since when. */
  readonly at: Date | null;
}

/**
 * How it ends: `active` the service is on; `short` posted and still too little; `held` posted, and closed for another
 * reason than money; `done` posted, with no service to switch on; `failed` no money came.
 */
export type Outcome = "waiting" | "active" | "short" | "held" | "done" | "failed";

export interface ProgressFacts {
  readonly state: PaymentState;
  readonly startedAt: Date;
  readonly paidAt: Date | null;
  readonly postedAt: Date | null;
  readonly face: ServiceFace;
  /** When the network was last seen to let the services through. */
  readonly activeAt: Date | null;
}

export interface ProgressSteps {
  readonly outcome: Outcome;
  readonly received: Step;
  readonly posted: Step;
  readonly active: Step;
  /** The service was on before this payment: nothing was switched. */
  readonly wasActive: boolean;
  readonly held: "administrative" | "voluntary" | null;
  readonly missingMinor: Minor;
}

const waiting: Step = { state: "waiting", at: null };
const stopped: Step = { state: "stopped", at: null };

/** «Получен → зачислен → услуга включена», from what the database knows of the payment and of the account's services. */
export function progressSteps({ state, startedAt, paidAt, postedAt, face, activeAt }: ProgressFacts): ProgressSteps {
  const nothing = { wasActive: false, held: null, missingMinor: 0n };
  if (state === "canceled" || state === "failed") {
    return { outcome: "failed", received: stopped, posted: waiting, active: waiting, ...nothing };
  }
  if (state !== "posted") {
    return { outcome: "waiting", received: { state: "doing", at: null }, posted: waiting, active: waiting, ...nothing };
  }
  const paid = {
    received: { state: "done", at: paidAt ?? postedAt },
    posted: { state: "done", at: postedAt },
  } as const;
  switch (face.kind) {
    case "working": {
      const wasActive = activeAt !== null && activeAt < startedAt;
      return { outcome: "active", ...paid, active: { state: "done", at: activeAt }, ...nothing, wasActive };
    }
    case "turningOn":
      return { outcome: "waiting", ...paid, active: { state: "doing", at: face.since }, ...nothing };
    case "financial":
      return { outcome: "short", ...paid, active: stopped, ...nothing, missingMinor: face.missingMinor };
    case "administrative":
    case "voluntary":
      return { outcome: "held", ...paid, active: stopped, ...nothing, held: face.kind };
    default:
      return { outcome: "done", ...paid, active: stopped, ...nothing };
  }
}
