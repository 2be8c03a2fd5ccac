import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { desiredState, type ServiceFacts } from "./desired-state";

const facts = (changes: Partial<ServiceFacts> = {}): ServiceFacts => ({
  today: "2026-11-22" as Day,
  startedOn: "2026-11-01" as Day,
  endedOn: null,
  openBlocks: [],
  balanceMinor: 0n,
  creditLimitMinor: 0n,
  ...changes,
});

describe("the desired state of a service", () => {
  const table: [string, Partial<ServiceFacts>, string, string][] = [
    ["in order with nothing on the account", {}, "active", "in_order"],
    ["starts today", { startedOn: "2026-11-22" as Day }, "active", "in_order"],
    ["starts tomorrow", { startedOn: "2026-11-23" as Day }, "closed", "not_started"],
    ["its last day was yesterday", { endedOn: "2026-11-22" as Day }, "closed", "ended"],
    ["its last day is today", { endedOn: "2026-11-23" as Day }, "active", "in_order"],
    [
      "started and ended on one day",
      { startedOn: "2026-11-22" as Day, endedOn: "2026-11-22" as Day },
      "closed",
      "ended",
    ],
    ["a financial block", { openBlocks: ["financial"], balanceMinor: 9_99n }, "walled", "financial"],
    ["a pause of the subscriber's own", { openBlocks: ["voluntary"] }, "walled", "voluntary"],
    ["an administrative block", { openBlocks: ["administrative"] }, "walled", "administrative"],
    [
      "several blocks: the one that money does not lift",
      { openBlocks: ["financial", "voluntary"] },
      "walled",
      "voluntary",
    ],
    ["an unknown block is a block", { openBlocks: ["financial", "court"] }, "walled", "administrative"],
    ["a kopeck below zero without a limit", { balanceMinor: -1n }, "walled", "credit_limit"],
    ["exactly at the limit", { balanceMinor: -500_00n, creditLimitMinor: 500_00n }, "active", "in_order"],
    ["a kopeck past the limit", { balanceMinor: -500_01n, creditLimitMinor: 500_00n }, "walled", "credit_limit"],
    [
      "ended and in debt and blocked",
      { endedOn: "2026-11-02" as Day, balanceMinor: -1n, openBlocks: ["financial"] },
      "closed",
      "ended",
    ],
  ];
  test.each(table)("%s", (_name, changes, state, cause) => {
    expect(desiredState(facts(changes))).toEqual({ state, cause });
  });
});

const LIMIT = 1_000_000_000n;
const day = fc
  .integer({ min: 0, max: 900 })
  .map((offset) => new Date(Date.UTC(2026, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10) as Day);
const anyFacts: fc.Arbitrary<ServiceFacts> = fc.record({
  today: day,
  startedOn: day,
  endedOn: fc.option(day),
  openBlocks: fc.array(fc.constantFrom("financial", "administrative", "voluntary")),
  balanceMinor: fc.bigInt(-LIMIT, LIMIT),
  creditLimitMinor: fc.bigInt(0n, LIMIT),
});
const holds = (property: (given: ServiceFacts) => boolean) =>
  fc.assert(fc.property(anyFacts, property), { numRuns: 2_000 });

describe("whatever the facts", () => {
  test("outside its days a service is closed, inside them it never is", () => {
    holds((given) => {
      const inside = given.today >= given.startedOn && (given.endedOn === null || given.today < given.endedOn);
      return (desiredState(given).state === "closed") === !inside;
    });
  });

  test("any block keeps it from being active", () => {
    holds((given) => given.openBlocks.length === 0 || desiredState(given).state !== "active");
  });

  test("lifting every block and paying enough makes it active within its days", () => {
    holds((given) => {
      const mended = desiredState({ ...given, openBlocks: [], balanceMinor: 0n });
      return mended.state === "active" || mended.state === "closed";
    });
  });

  test("paying never makes it worse", () => {
    const rank = { closed: 0, walled: 1, active: 2 };
    fc.assert(
      fc.property(anyFacts, fc.bigInt(0n, LIMIT), (given, paid) => {
        const after = desiredState({ ...given, balanceMinor: given.balanceMinor + paid });
        return rank[after.state] >= rank[desiredState(given).state];
      }),
    );
  });

  test("the order of blocks does not matter", () => {
    holds((given) => {
      const turned = desiredState({ ...given, openBlocks: [...given.openBlocks].reverse() });
      return JSON.stringify(turned) === JSON.stringify(desiredState(given));
    });
  });
});
