import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import type { CabinetHome } from "./cabinet-types";
import { untilOf } from "./until";

const money: CabinetHome["money"] = {
  balanceMinor: 412_50n,
  creditLimitMinor: 0n,
  temporaryLimitMinor: 0n,
  temporaryUntil: null,
  debtMinor: 0n,
  chargeOn: "2026-12-01" as Day,
  chargeMinor: 650_00n,
  tariffIds: ["t"],
  paidUntil: "2026-12-01" as Day,
  missingMinor: 237_50n,
  recommendedMinor: 238_00n,
  periodFeeMinor: 650_00n,
  blocked: null,
  blockedSince: null,
};
const of = (service: object, change: Partial<CabinetHome["money"]> = {}) =>
  untilOf({ money: { ...money, ...change }, service: { subject: "internet", ...service } as CabinetHome["service"] });

test.each([
  [
    "short of the next month",
    of({ kind: "working" }),
    { kind: "untilThenShort", day: "2026-12-01", amountMinor: 237_50n },
  ],
  ["enough", of({ kind: "working" }, { missingMinor: 0n }), { kind: "until", day: "2026-12-01" }],
  ["millions", of({ kind: "working" }, { missingMinor: 0n, balanceMinor: 15_600_00n }), { kind: "untilLong" }],
  ["a tariff without a fee", of({ kind: "working" }, { periodFeeMinor: 0n, missingMinor: 0n }), { kind: "free" }],
  ["closed for money", of({ kind: "financial", missingMinor: 618_33n }), { kind: "missing", amountMinor: 618_33n }],
  ["paid, not yet settled", of({ kind: "turningOn", since: null }, { paidUntil: null }), { kind: "settling" }],
  ["paused", of({ kind: "voluntary" }), { kind: "paused" }],
  ["held by the operator", of({ kind: "administrative" }), { kind: "paused" }],
  ["nothing connected", of({ kind: "none" }, { missingMinor: 0n }), { kind: "nothing" }],
  ["gone in debt", of({ kind: "terminated", on: "2026-05-03" }), { kind: "debt", amountMinor: 237_50n }],
  ["gone", of({ kind: "terminated", on: "2026-05-03" }, { missingMinor: 0n }), { kind: "closed" }],
  ["not begun", of({ kind: "notStarted", on: "2026-12-05" }), { kind: "starts", day: "2026-12-05" }],
])("%s", (_name, until, expected) => {
  expect(until).toEqual(expected);
});
