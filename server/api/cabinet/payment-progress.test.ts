import { describe, expect, test } from "vitest";
import { type ProgressFacts, progressSteps } from "./payment-progress";
import type { ServiceFace } from "./service-face";

const startedAt = new Date("2026-11-22T10:41:30Z");
const paidAt = new Date("2026-11-22T10:42:00Z");
const postedAt = new Date("2026-11-22T10:42:02Z");
const later = new Date("2026-11-22T10:42:03Z");
const face = (kind: object) => ({ subject: "internet", ...kind }) as ServiceFace;
const steps = (changes: Partial<ProgressFacts>) =>
  progressSteps({
    state: "posted",
    startedAt,
    paidAt,
    postedAt,
    face: face({ kind: "working" }),
    activeAt: later,
    ...changes,
  });

describe("the line of a payment", () => {
  test.each(["created", "unknown", "pending"] as const)("a payment that is %s is being waited for", (state) => {
    expect(steps({ state, paidAt: null, postedAt: null })).toMatchObject({
      outcome: "waiting",
      received: { state: "doing" },
      posted: { state: "waiting" },
      active: { state: "waiting" },
    });
  });

  test.each(["canceled", "failed"] as const)("a payment that is %s ends without money", (state) => {
    expect(steps({ state, paidAt: null, postedAt: null })).toMatchObject({
      outcome: "failed",
      received: { state: "stopped" },
      active: { state: "waiting" },
    });
  });

  test("posted, and the network has not confirmed: two done, the third since when", () => {
    expect(steps({ face: face({ kind: "turningOn", since: later }), activeAt: null })).toMatchObject({
      outcome: "waiting",
      received: { state: "done", at: paidAt },
      posted: { state: "done", at: postedAt },
      active: { state: "doing", at: later },
    });
  });

  test("the network confirmed: all three are done, each with its time", () => {
    expect(steps({})).toMatchObject({ outcome: "active", active: { state: "done", at: later }, wasActive: false });
  });

  test("a service that was on before the payment is not said to have been switched on by it", () => {
    expect(steps({ activeAt: new Date("2026-11-01T00:00:00Z") })).toMatchObject({ outcome: "active", wasActive: true });
  });

  test("still too little money: the line ends and says how much more", () => {
    expect(steps({ face: face({ kind: "financial", since: null, missingMinor: 118_33n }) })).toMatchObject({
      outcome: "short",
      posted: { state: "done" },
      active: { state: "stopped" },
      missingMinor: 118_33n,
    });
  });

  test.each(["administrative", "voluntary"] as const)(
    "an account held for a reason that money does not lift: %s",
    (kind) => {
      expect(steps({ face: face({ kind, since: null }) })).toMatchObject({ outcome: "held", held: kind });
    },
  );

  test.each(["terminated", "none", "notStarted", "connected"])(
    "an account whose services are %s has nothing to switch on",
    (kind) => {
      expect(steps({ face: face({ kind }) })).toMatchObject({ outcome: "done", active: { state: "stopped" } });
    },
  );
});
