import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { type FaceFacts, type NetworkFact, serviceFace } from "./service-face";

const at = new Date("2026-11-22T10:42:00Z");
const on = (change: Partial<NetworkFact> = {}): NetworkFact => ({
  desiredState: "active",
  desiredAt: at,
  actualState: "active",
  ...change,
});
const enough = {
  balanceMinor: 1_000_00n,
  creditLimitMinor: 0n,
  temporaryLimitMinor: 0n,
  chargeOn: "2026-12-01" as Day,
  missingMinor: 0n,
  blocked: null,
};
const short = { ...enough, balanceMinor: 31_67n, chargeOn: "2026-11-22" as Day, missingMinor: 618_33n };
const face = (changes: Partial<FaceFacts> = {}) =>
  serviceFace({
    today: "2026-11-22" as Day,
    closedOn: null,
    running: [{ startedOn: "2026-11-01" as Day, kind: "internet" }],
    money: enough,
    blockedSince: null,
    blockedUntil: null,
    services: [on()],
    ...changes,
  });

describe("what a subscriber is told of the service", () => {
  const table: [string, Partial<FaceFacts>, object][] = [
    ["paid for and confirmed by the network", {}, { kind: "working" }],
    ["the contract ended today", { closedOn: "2026-11-22" as Day }, { kind: "terminated", on: "2026-11-22" }],
    ["the contract ends tomorrow", { closedOn: "2026-11-23" as Day }, { kind: "working" }],
    ["nothing connected", { running: [], services: [] }, { kind: "none" }],
    [
      "connected from tomorrow",
      { running: [{ startedOn: "2026-11-23" as Day, kind: "internet" }], services: [] },
      { kind: "notStarted", on: "2026-11-23" },
    ],
    [
      "switched off by the operator, and short of money besides",
      { money: { ...short, blocked: "administrative" }, blockedSince: at },
      { kind: "administrative", since: at },
    ],
    [
      "paused by the subscriber",
      { money: { ...enough, blocked: "voluntary" }, blockedSince: at },
      { kind: "voluntary", since: at },
    ],
    [
      "closed for money",
      { money: { ...short, blocked: "financial" }, blockedSince: at, services: [on({ desiredState: "walled" })] },
      { kind: "financial", since: at, missingMinor: 618_33n },
    ],
    [
      "never paid, and not yet closed by a run",
      { money: short, services: [] },
      { kind: "financial", since: null, missingMinor: 618_33n },
    ],
    [
      "below the credit limit between two charges",
      { money: { ...enough, balanceMinor: -300_00n, creditLimitMinor: 100_00n, missingMinor: 850_00n } },
      { kind: "financial", missingMinor: 200_00n },
    ],
    ["short of the next period only", { money: { ...enough, missingMinor: 237_50n } }, { kind: "working" }],
    [
      "the money has come, the job has not run yet",
      { money: { ...enough, blocked: "financial" }, services: [on({ desiredState: "walled", actualState: "walled" })] },
      { kind: "turningOn", since: null },
    ],
    [
      "billing says on, the network says walled",
      { services: [on({ actualState: "walled" })] },
      { kind: "turningOn", since: at },
    ],
    ["the network has never answered", { services: [on({ actualState: null })] }, { kind: "turningOn", since: at }],
    [
      "of two services one is not confirmed",
      { services: [on(), on({ actualState: "closed" })] },
      { kind: "turningOn", since: at },
    ],
    [
      "an old service is closed for good",
      { services: [on(), on({ desiredState: "closed", actualState: null })] },
      { kind: "working" },
    ],
    ["internet that no access server has been told of", { services: [] }, { kind: "connected" }],
    [
      "television, which no access server needs to know",
      { running: [{ startedOn: "2026-11-01" as Day, kind: "tv" }], services: [] },
      { kind: "working" },
    ],
  ];
  test.each(table)("%s", (_name, changes, expected) => {
    expect(face(changes)).toMatchObject(expected);
  });

  test("is called internet when there is internet among what is connected, and services when there is none", () => {
    expect(face().subject).toBe("internet");
    expect(face({ running: [{ startedOn: "2026-11-01" as Day, kind: "tv" }] }).subject).toBe("services");
  });
});
