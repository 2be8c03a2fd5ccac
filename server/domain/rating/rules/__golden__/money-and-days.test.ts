import { describe, expect, test } from "vitest";
import { type GoldenCase, happened, withoutArithmetic } from "./golden-case";

const run = (cases: Readonly<Record<string, GoldenCase>>) => {
  for (const [name, golden] of Object.entries(cases)) {
    test(name, () => expect(happened(golden)).toEqual(golden.expect.map(withoutArithmetic)));
  }
};
const november = ["2026-11-01", "2026-11-02"] as const;
const two = { a: { from: "2026-01-01" }, b: { tariff: "tv", from: "2026-02-01" } };
const gated = (moneyGate: "if_enough" | "to_limit" | "always") => ({
  home: { fee: "600.00", moneyGate },
  tv: { fee: "200.00", moneyGate },
});

describe("money gates", () => {
  run({
    "exactly enough passes": { money: "600.00", live: november, expect: ["2026-11-01 600.00"] },
    "a kopeck too little: nothing is charged": { money: "599.99", live: november, expect: ["2026-11-01 refused"] },
    "all of the account's prepaid fees or none": {
      tariffs: gated("if_enough"),
      subscriptions: two,
      money: "700.00",
      live: november,
      expect: ["2026-11-01 refused"],
    },
    "both when there is enough for both": {
      tariffs: gated("if_enough"),
      subscriptions: two,
      money: "800.00",
      live: november,
      expect: ["2026-11-01 600.00", "2026-11-01 200.00"],
    },
    "down to the limit: the earlier first, then what there is room for": {
      tariffs: gated("to_limit"),
      subscriptions: two,
      money: "700.00",
      live: november,
      expect: ["2026-11-01 600.00", "2026-11-01 refused"],
    },
    "down to the limit: the earlier has no room, the later has": {
      tariffs: gated("to_limit"),
      subscriptions: two,
      money: "300.00",
      live: november,
      expect: ["2026-11-01 200.00", "2026-11-01 refused"],
    },
    "whatever the balance": {
      tariffs: gated("always"),
      subscriptions: two,
      money: "0.00",
      live: november,
      expect: ["2026-11-01 600.00", "2026-11-01 200.00"],
    },
    "postpaid beside prepaid: the postpaid debt is due later and takes nothing away": {
      tariffs: { home: { fee: "600.00" }, tv: { fee: "200.00", moneyGate: "always" } },
      subscriptions: two,
      money: "600.00",
      live: november,
      expect: ["2026-11-01 200.00", "2026-11-01 600.00"],
    },
    "prepaid refused, postpaid charged": {
      tariffs: { home: { fee: "600.00" }, tv: { fee: "200.00", moneyGate: "always" } },
      subscriptions: two,
      money: "599.00",
      live: november,
      expect: ["2026-11-01 200.00", "2026-11-01 refused"],
    },
    "a postpaid debt unpaid closes the service after its term and the delay: 1 November + 14 + 10 days": {
      tariff: { fee: "600.00", moneyGate: "always" },
      from: "2026-11-01",
      money: "0.00",
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 600.00", "2026-12-01 600.00", "2026-12-01 refused"],
    },
    "money for two months lasts two": {
      money: "1300.00",
      live: ["2026-11-01", "2027-01-02"],
      expect: ["2026-11-01 600.00", "2026-12-01 600.00", "2027-01-01 refused"],
    },
  });
});

describe("a part of a period, by each rule for each cut", () => {
  const rule = (prorationStart: "actual_days" | "thirty" | "none") => ({ fee: "600.00", prorationStart }) as const;
  const stop = (prorationStop: "actual_days" | "thirty" | "none") => ({ fee: "600.00", prorationStop }) as const;
  run({
    "start, actual days of a month of 31": {
      tariff: rule("actual_days"),
      from: "2026-12-12",
      live: ["2026-12-12", "2026-12-13"],
      expect: ["2026-12-12 387.10 = 600.00 × 20 / 31"],
    },
    "start, a thirtieth a day in a month of 31": {
      tariff: rule("thirty"),
      from: "2026-12-12",
      live: ["2026-12-12", "2026-12-13"],
      expect: ["2026-12-12 400.00 = 600.00 × 20 / 30"],
    },
    "thirty of thirty-one days are the whole fee": {
      tariff: rule("thirty"),
      from: "2026-12-02",
      live: ["2026-12-02", "2026-12-03"],
      expect: ["2026-12-02 600.00"],
    },
    "a thirtieth a day in February": {
      tariff: rule("thirty"),
      from: "2027-02-15",
      live: ["2027-02-15", "2027-02-16"],
      expect: ["2027-02-15 280.00 = 600.00 × 14 / 30"],
    },
    "a whole February is the whole fee": {
      tariff: rule("thirty"),
      from: "2027-02-01",
      live: ["2027-02-01", "2027-02-02"],
      expect: ["2027-02-01 600.00"],
    },
    "start, not prorated: the whole fee for a part": {
      tariff: rule("none"),
      from: "2026-11-29",
      live: ["2026-11-29", "2026-11-30"],
      expect: ["2026-11-29 600.00"],
    },
    "stop known ahead, actual days": {
      tariff: stop("actual_days"),
      to: "2026-11-21",
      live: november,
      expect: ["2026-11-01 400.00 = 600.00 × 20 / 30"],
    },
    "stop known ahead, not prorated": {
      tariff: stop("none"),
      to: "2026-11-21",
      live: november,
      expect: ["2026-11-01 600.00"],
    },
    "stop known ahead, thirtieths in December": {
      tariff: stop("thirty"),
      to: "2026-12-16",
      live: ["2026-12-01", "2026-12-02"],
      expect: ["2026-12-01 300.00 = 600.00 × 15 / 30"],
    },
    "start by days, stop not at all: a part at the start only": {
      tariff: { fee: "600.00", prorationStop: "none" },
      from: "2026-11-11",
      to: "2026-11-21",
      live: ["2026-11-11", "2026-11-12"],
      expect: ["2026-11-11 400.00 = 600.00 × 20 / 30"],
    },
  });
});

describe("blocks are intervals with reasons", () => {
  const late = ["2026-11-20", "2026-11-21"] as const;
  run({
    "closed for money from the 1st, paid on the 20th: that day counts": {
      blocks: [["financial", "2026-11-01", null]],
      live: late,
      expect: ["2026-11-20 220.00 = 600.00 × 11 / 30"],
    },
    "two blocks that overlap are subtracted once (Kill Bill 2306)": {
      blocks: [
        ["financial", "2026-11-01", null],
        ["voluntary", "2026-11-05", "2026-11-10"],
      ],
      live: late,
      expect: ["2026-11-20 220.00 = 600.00 × 11 / 30"],
    },
    "a pause that is open: nothing is charged ahead": {
      blocks: [["voluntary", "2026-10-15", null]],
      live: ["2026-11-01", "2026-11-20"],
      expect: [],
    },
    "a pause that ends inside the month: the rest is charged on that day": {
      blocks: [["voluntary", "2026-10-15", "2026-11-16"]],
      live: ["2026-11-01", "2026-11-30"],
      expect: ["2026-11-16 300.00 = 600.00 × 15 / 30"],
    },
    "a pause planned for later takes nothing yet": {
      blocks: [["voluntary", "2026-11-15", "2026-11-25"]],
      live: november,
      expect: ["2026-11-01 600.00"],
    },
    "an administrative block stops charging too": {
      blocks: [["administrative", "2026-10-20", null]],
      live: november,
      expect: [],
    },
    "lifted on the day it was placed: no day is lost": {
      tariff: { fee: "300.00", chargeMethod: "daily" },
      from: "2026-11-10",
      blocks: [["voluntary", "2026-11-10T09", "2026-11-10T18"]],
      live: ["2026-11-10", "2026-11-12"],
      expect: ["2026-11-10 10.00", "2026-11-11 10.00"],
    },
  });
});

describe("is this day charged: a pause from the afternoon of the 10th to the afternoon of the 12th", () => {
  const daily = (dayRule: "connection_in" | "any_moment" | "at_midnight"): GoldenCase => ({
    tariff: { fee: "300.00", chargeMethod: "daily", dayRule },
    from: "2026-11-09",
    blocks: [["voluntary", "2026-11-10T15", "2026-11-12T15"]],
    live: ["2026-11-13", "2026-11-14"],
    expect: [],
  });
  const all = (golden: GoldenCase) => happened(golden).length;
  test.each([
    ["connection day in, disconnection day out: the 9th, 12th and 13th", "connection_in", 3],
    ["any moment of service: the 9th, 10th, 12th and 13th", "any_moment", 4],
    ["on at midnight: the 9th, 10th and 13th", "at_midnight", 3],
  ] as const)("%s", (_name, rule, days) => {
    expect(all(daily(rule))).toBe(days);
  });
});

describe("what was paid for and lost is given back", () => {
  const paidOn = "2026-11-01";
  run({
    "an end on the 16th: half of the month": {
      paidOn,
      to: "2026-11-16",
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 back 300.00 = 600.00 − 600.00 × 15 / 30"],
    },
    "an end on the first day: everything": {
      paidOn,
      to: "2026-11-01",
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 back 600.00"],
    },
    "given back once, not again tomorrow": {
      paidOn,
      to: "2026-11-16",
      live: ["2026-11-16", "2026-11-30"],
      expect: ["2026-11-16 back 300.00"],
    },
    "a pause that is over": {
      paidOn,
      blocks: [["voluntary", "2026-11-05", "2026-11-08"]],
      live: ["2026-11-08", "2026-11-09"],
      expect: ["2026-11-08 back 60.00 = 600.00 − 600.00 × 27 / 30"],
    },
    "a pause that is not over yet waits": {
      paidOn,
      blocks: [["voluntary", "2026-11-05", null]],
      live: ["2026-11-08", "2026-11-09"],
      expect: [],
    },
    "a pause over the month's end: its days of the month, when the month is over": {
      paidOn,
      blocks: [["voluntary", "2026-11-21", null]],
      live: ["2026-12-01", "2026-12-02"],
      expect: ["2026-12-01 back 200.00 = 600.00 − 600.00 × 20 / 30"],
    },
    "two pauses that overlap: their union": {
      paidOn,
      blocks: [
        ["voluntary", "2026-11-05", "2026-11-10"],
        ["administrative", "2026-11-08", "2026-11-12"],
      ],
      live: ["2026-11-12", "2026-11-13"],
      expect: ["2026-11-12 back 140.00 = 600.00 − 600.00 × 23 / 30"],
    },
    "a price that is not prorated at its stop gives nothing": {
      tariff: { fee: "600.00", prorationStop: "none" },
      paidOn,
      to: "2026-11-16",
      live: ["2026-11-16", "2026-11-17"],
      expect: [],
    },
    "thirtieths in a month of 31: 15 of 30": {
      tariff: { fee: "600.00", prorationStop: "thirty" },
      paidOn: "2026-12-01",
      to: "2026-12-16",
      live: ["2026-12-16", "2026-12-17"],
      expect: ["2026-12-16 back 300.00 = 600.00 − 600.00 × 15 / 30"],
    },
    "of a part of a month: its own days": {
      from: "2026-11-11",
      paidOn: "2026-11-11",
      to: "2026-11-21",
      live: ["2026-11-21", "2026-11-22"],
      expect: ["2026-11-21 back 200.00 = 600.00 × 20 / 30 − 600.00 × 10 / 30"],
    },
    "of a discounted month: of what was paid": {
      discounts: [["100.00", "2026-01-01", null]],
      paidOn,
      to: "2026-11-16",
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 back 250.00 = 500.00 − 500.00 × 15 / 30"],
    },
    "no kopeck is left behind": {
      tariff: { fee: "100.00" },
      paidOn,
      to: "2026-11-12",
      live: ["2026-11-12", "2026-11-13"],
      expect: ["2026-11-12 back 63.33 = 100.00 − 100.00 × 11 / 30"],
    },
  });
});

const afterwards = { chargeMethod: "arrears", moneyGate: "always" } as const;
describe("a tariff is changed", () => {
  const tariffs = { home: { fee: "600.00" }, fast: { fee: "900.00" }, slow: { fee: "300.00" } };
  run({
    "from the next period: nothing before, the new fee after": {
      tariffs,
      paidOn: "2026-11-01",
      change: ["2026-12-01", "fast"],
      live: ["2026-11-10", "2026-12-02"],
      expect: ["2026-12-01 900.00"],
    },
    "at once: the rest of the old back, the rest of the new charged": {
      tariffs,
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 450.00 = 900.00 × 15 / 30", "2026-11-16 back 300.00 = 600.00 − 600.00 × 15 / 30"],
    },
    "at once to a cheaper one": {
      tariffs,
      paidOn: "2026-11-01",
      changeNow: ["2026-11-21", "slow"],
      live: ["2026-11-21", "2026-12-02"],
      expect: [
        "2026-11-21 100.00 = 300.00 × 10 / 30",
        "2026-11-21 back 200.00 = 600.00 − 600.00 × 20 / 30",
        "2026-12-01 300.00",
      ],
    },
    "on the first day: the old whole back, the new whole charged": {
      tariffs,
      paidOn: "2026-11-01",
      changeNow: ["2026-11-01", "fast"],
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 900.00", "2026-11-01 back 600.00"],
    },
    "on the last day": {
      tariffs,
      paidOn: "2026-11-01",
      changeNow: ["2026-11-30", "fast"],
      live: ["2026-11-30", "2026-12-01"],
      expect: ["2026-11-30 30.00 = 900.00 × 1 / 30", "2026-11-30 back 20.00 = 600.00 − 600.00 × 29 / 30"],
    },
    "in arrears at once: the days of the old are charged with the change, the rest of the new when it is over": {
      tariffs: { home: { fee: "600.00", ...afterwards }, fast: { fee: "900.00", ...afterwards } },
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      live: ["2026-11-16", "2027-01-02"],
      expect: ["2026-11-16 300.00 = 600.00 × 15 / 30", "2026-12-01 450.00 = 900.00 × 15 / 30", "2027-01-01 900.00"],
    },
    "in arrears from the next period: the whole period of the old, then of the new": {
      tariffs: { home: { fee: "600.00", ...afterwards }, fast: { fee: "900.00", ...afterwards } },
      paidOn: "2026-11-01",
      change: ["2026-12-01", "fast"],
      live: ["2026-11-16", "2027-01-02"],
      expect: ["2026-12-01 600.00", "2027-01-01 900.00"],
    },
    "from in arrears to ahead: both fall on the day of the change": {
      tariffs: { home: { fee: "600.00", ...afterwards }, fast: { fee: "900.00" } },
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      live: ["2026-11-16", "2026-12-02"],
      expect: ["2026-11-16 300.00 = 600.00 × 15 / 30", "2026-11-16 450.00 = 900.00 × 15 / 30", "2026-12-01 900.00"],
    },
    "in arrears, by the rule for changes and not that for stops": {
      tariffs: {
        home: { fee: "600.00", ...afterwards, prorationStop: "none", prorationChange: "thirty" },
        fast: { fee: "900.00", ...afterwards },
      },
      paidOn: "2026-10-01",
      changeNow: ["2026-10-11", "fast"],
      live: ["2026-10-11", "2026-10-12"],
      expect: ["2026-10-11 200.00 = 600.00 × 10 / 30"],
    },
    "in arrears on its first day: it had none": {
      tariffs: { home: { fee: "600.00", ...afterwards }, fast: { fee: "900.00", ...afterwards } },
      paidOn: "2026-10-01",
      changeNow: ["2026-11-01", "fast"],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 600.00", "2026-12-01 900.00"],
    },
    "the credit counts as money for the new fee": {
      tariffs,
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      money: "150.00",
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 450.00", "2026-11-16 back 300.00"],
    },
    "a kopeck too little is refused": {
      tariffs,
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      money: "149.99",
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 back 300.00", "2026-11-16 refused"],
    },
    "to a tariff whose change is not prorated: its whole fee": {
      tariffs: { ...tariffs, fast: { fee: "900.00", prorationChange: "none" } },
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 900.00", "2026-11-16 back 300.00"],
    },
    "from a tariff whose change is not prorated: nothing back": {
      tariffs: { ...tariffs, home: { fee: "600.00", prorationChange: "none" } },
      paidOn: "2026-11-01",
      changeNow: ["2026-11-16", "fast"],
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 450.00 = 900.00 × 15 / 30"],
    },
    "from daily shares to a month: today's share is given back": {
      tariffs: { home: { fee: "300.00", chargeMethod: "daily" }, fast: { fee: "900.00" } },
      from: "2026-11-16",
      paidOn: "2026-11-16",
      changeNow: ["2026-11-16", "fast"],
      live: ["2026-11-16", "2026-11-17"],
      expect: ["2026-11-16 450.00 = 900.00 × 15 / 30", "2026-11-16 back 10.00"],
    },
  });
});
