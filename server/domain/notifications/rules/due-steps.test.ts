import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, daysBetween } from "@/server/kernel/day";
import { AUDIENCES, CATCH_UP_DAYS, CHANNELS, MONEY_EVENTS, REMINDER_EVENTS } from "../constants";
import {
  choiceKey,
  dueSteps,
  isOnItsSide,
  type Occasion,
  type ReminderFacts,
  type Step,
  saidKey,
  verdict,
} from "./due-steps";

const day = (text: string) => text as Day;
const step = (offsetDays: number, changes: Partial<Step> = {}): Step => {
  const { event = "money_ends", audience = "everyone", channel = "email" } = changes;
  return {
    id: `${event}/${offsetDays}/${audience}/${channel}`,
    templateCode: `${event}_before`,
    isOn: true,
    ...{ event, offsetDays, audience, channel },
    ...changes,
  };
};
const occasion = (on: string, changes: Partial<Occasion> = {}): Occasion => ({
  event: "money_ends",
  on: day(on),
  amountMinor: 300_00n,
  chargeMinor: 650_00n,
  tariff: null,
  ...changes,
});
const facts = (changes: Partial<ReminderFacts> = {}): ReminderFacts => ({
  accountId: "a",
  isPerson: true,
  occasions: [occasion("2026-12-01")],
  exceptUntil: null,
  unwanted: new Set(),
  ...changes,
});
const LADDER = [step(-3), step(0), step(7), step(-1, { channel: "sms", audience: "person" })];
const due = (on: string, of: ReminderFacts = facts(), ladder: readonly Step[] = LADDER, said: string[] = []) =>
  dueSteps(of, ladder, new Set(said), day(on)).map((one) => `${one.step.channel} ${one.step.offsetDays}`);

describe("the ladder of one occasion, 1 December", () => {
  test.each([
    ["2026-11-27", [], "four days before nothing is due"],
    ["2026-11-28", ["email -3"], "three days before the letter is"],
    ["2026-11-29", ["email -3"], "a missed letter is made up for"],
    ["2026-11-30", ["email -3", "sms -1"], "on its second day too, beside the short message of this day"],
    ["2026-12-01", ["email 0"], "on the day only what was written for the day, and no warning any more"],
    ["2026-12-03", ["email 0"], "two days after, what the day itself said is still worth saying"],
    ["2026-12-04", [], "three days after it is not"],
    ["2026-12-08", ["email 7"], "a week after the last letter is due"],
    ["2026-12-11", [], "and after that nobody is written to"],
  ])("on %s: %j (%s)", (on, expected) => {
    expect(due(on)).toEqual(expected);
  });

  test("what the log holds is not said again, and the same step of another day is", () => {
    expect(due("2026-11-28", facts(), LADDER, [saidKey(step(-3).id, day("2026-12-01"))])).toEqual([]);
    expect(due("2026-11-28", facts(), LADDER, [saidKey(step(-3).id, day("2026-11-01"))])).toEqual(["email -3"]);
  });

  test("a step for the account's own kind stands before the one for everyone, and another kind's is not its business", () => {
    const ladder = [step(0), step(0, { audience: "business" }), step(0, { audience: "person", channel: "sms" })];
    const said = (isPerson: boolean) =>
      dueSteps(facts({ isPerson }), ladder, new Set(), day("2026-12-01")).map((one) => one.step.audience);
    expect(said(false)).toEqual(["business"]);
    expect(said(true)).toEqual(["everyone", "person"]);
  });

  test("an exception, a channel switched off and a step switched off each keep it silent", () => {
    expect(due("2026-11-28", facts({ exceptUntil: day("2026-11-29") }))).toEqual([]);
    expect(due("2026-11-28", facts({ exceptUntil: day("2026-11-28") })), "on its last day it is over").toEqual([
      "email -3",
    ]);
    expect(due("2026-11-30", facts({ unwanted: new Set([choiceKey("money_ends", "email")]) }))).toEqual(["sms -1"]);
    expect(due("2026-11-28", facts(), [step(-3, { isOn: false })])).toEqual([]);
  });

  test("a step that is off takes no place from the one before it", () => {
    expect(due("2026-11-29", facts(), [step(-3), step(-2, { isOn: false })])).toEqual(["email -3"]);
  });

  test("two occasions each stand on their own rung", () => {
    const both = facts({
      occasions: [
        occasion("2026-11-18", { event: "payment_due" }),
        occasion("2026-12-03", { event: "payment_due" }),
        occasion("2026-12-01", { event: "trial_ends" }),
      ],
    });
    const ladder = [
      step(-5, { event: "payment_due" }),
      step(10, { event: "payment_due" }),
      step(-3, { event: "trial_ends" }),
    ];
    expect(due("2026-11-28", both, ladder)).toEqual(["email 10", "email -5", "email -3"]);
  });
});

describe("news of a change of tariff, 25 November", () => {
  const news = occasion("2026-11-25", { event: "change_made" });
  const ladder = [step(0, { event: "change_made", templateCode: "change_made_on" })];
  test.each([
    ["2026-11-25", ["email 0"]],
    ["2026-11-27", ["email 0"]],
    ["2026-11-28", []],
  ])("on %s is %j", (on, expected) => {
    expect(due(on, facts({ occasions: [news] }), ladder)).toEqual(expected);
  });

  test("is told to whoever is not reminded of payments, and to nobody who does not want it", () => {
    const excepted = facts({ occasions: [news], exceptUntil: day("2027-01-01") });
    expect(due("2026-11-25", excepted, ladder)).toEqual(["email 0"]);
    const unwanted = new Set([choiceKey("tariff_change", "email")]);
    expect(due("2026-11-25", facts({ occasions: [news], unwanted }), ladder)).toEqual([]);
  });

  test("is over when it is no news any more", () => {
    const [made] = ladder;
    expect(made && verdict(facts({ occasions: [] }), made, day("2026-11-25"), ladder, day("2026-11-25"))).toBe("over");
  });
});

test.each([
  ["trial_ends", -1, true],
  ["trial_ends", 0, false],
  ["price_changes", 1, false],
  ["change_made", 0, true],
  ["change_made", -1, false],
  ["money_ends", 7, true],
] as const)("%s may have a step at %d: %s", (event, offset, may) => {
  expect(isOnItsSide(event, offset)).toBe(may);
});

describe("a planned message looked at again", () => {
  const of = (changes: Partial<ReminderFacts>, on = "2026-11-28", which = step(-3)) =>
    verdict(facts(changes), which, day("2026-12-01"), LADDER, day(on));
  test.each([
    ["is still due", of({}), null],
    ["was paid for", of({ occasions: [] }), "paid"],
    ["was moved to another day by money", of({ occasions: [occasion("2026-12-05")] }), "paid"],
    ["is for an account that is excepted now", of({ exceptUntil: day("2027-01-01") }), "exception"],
    ["is not wanted on this channel any more", of({ unwanted: new Set(["money_ends|email"]) }), "unwanted"],
    ["belongs to a step that was switched off", of({}, "2026-11-28", step(-3, { isOn: false })), "step_off"],
    ["waited until a later step's day came", of({}, "2026-12-01"), "stale"],
  ])("that %s", (_what, found, expected) => {
    expect(found).toBe(expected);
  });
  test("about a trial that was left is over, not paid", () => {
    const trial = step(-3, { event: "trial_ends" });
    expect(verdict(facts({ occasions: [] }), trial, day("2026-12-01"), [trial], day("2026-11-28"))).toBe("over");
  });
});

describe("over any ladder and any day", () => {
  const steps = fc
    .uniqueArray(
      fc.record({
        event: fc.constantFrom(...REMINDER_EVENTS),
        offsetDays: fc.integer({ min: -10, max: 15 }),
        audience: fc.constantFrom(...AUDIENCES),
        channel: fc.constantFrom(...CHANNELS),
        isOn: fc.boolean(),
      }),
      { selector: (one) => `${one.event}/${one.offsetDays}/${one.audience}/${one.channel}`, maxLength: 12 },
    )
    .map((list) => list.map((one) => step(one.offsetDays, one)));
  const occasions = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...REMINDER_EVENTS), fc.integer({ min: -20, max: 20 })), {
      maxLength: 4,
      selector: ([event, shift]) => `${event}/${shift}`,
    })
    .map((list) => list.map(([event, shift]) => occasion(addDays(day("2026-12-01"), shift), { event })));
  const world = fc.record({ ladder: steps, occasions, isPerson: fc.boolean() });

  test("each step of an occasion is said at most once however often one looks, and never by two on one channel a day", () => {
    fc.assert(
      fc.property(world, ({ ladder, ...rest }) => {
        const said = new Set<string>();
        for (let shift = -30; shift <= 30; shift += 1) {
          const today = addDays(day("2026-12-01"), shift);
          const found = dueSteps(facts(rest), ladder, said, today);
          const voices = found.map(({ step: one, occasion: about }) => `${about.event}${about.on}${one.channel}`);
          expect(new Set(voices).size).toBe(voices.length);
          for (const { step: one, occasion: about } of found) {
            const late = daysBetween(addDays(about.on, one.offsetDays), today);
            expect(late >= 0 && late <= CATCH_UP_DAYS).toBe(true);
            expect(said.has(saidKey(one.id, about.on))).toBe(false);
            expect(verdict(facts(rest), one, about.on, ladder, today)).toBeNull();
            said.add(saidKey(one.id, about.on));
          }
          expect(dueSteps(facts(rest), ladder, said, today), "looking twice adds nothing").toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("a daily look takes every step that applies, on its own day, whatever the order of the ladder", () => {
    fc.assert(
      fc.property(world, ({ ladder, ...rest }) => {
        const walk = (order: readonly Step[]) => {
          const said: string[] = [];
          for (let shift = -45; shift <= 45; shift += 1) {
            const today = addDays(day("2026-12-01"), shift);
            for (const one of dueSteps(facts(rest), order, new Set(said), today)) {
              expect(addDays(one.occasion.on, one.step.offsetDays)).toBe(today);
              said.push(saidKey(one.step.id, one.occasion.on));
            }
          }
          return said.sort();
        };
        expect(walk(ladder)).toEqual(walk([...ladder].reverse()));
      }),
      { numRuns: 100 },
    );
  });

  test("nobody who is excepted is due anything that has to be paid", () => {
    fc.assert(
      fc.property(world, ({ ladder, ...rest }) => {
        const excepted = facts({ ...rest, exceptUntil: day("2027-06-01") });
        const due = dueSteps(excepted, ladder, new Set(), day("2026-12-01"));
        expect(due.filter(({ step }) => MONEY_EVENTS.some((event) => event === step.event))).toEqual([]);
      }),
    );
  });
});
