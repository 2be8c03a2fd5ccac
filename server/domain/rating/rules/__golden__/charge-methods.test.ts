import { describe, expect, test } from "vitest";
import { type GoldenCase, happened, withoutArithmetic } from "./golden-case";

const run = (cases: Readonly<Record<string, GoldenCase>>) => {
  for (const [name, golden] of Object.entries(cases)) {
    test(name, () => expect(happened(golden)).toEqual(golden.expect.map(withoutArithmetic)));
  }
};

describe("monthly at once, calendar month", () => {
  run({
    "connected on the 1st: the whole month": {
      from: "2026-11-01",
      live: ["2026-11-01", "2026-11-30"],
      expect: ["2026-11-01 600.00"],
    },
    "connected on the 2nd: that day counts": {
      from: "2026-11-02",
      live: ["2026-11-02", "2026-11-30"],
      expect: ["2026-11-02 580.00 = 600.00 × 29 / 30"],
    },
    "connected on the last day: one day": {
      from: "2026-11-30",
      live: ["2026-11-30", "2026-12-01"],
      expect: ["2026-11-30 20.00 = 600.00 × 1 / 30"],
    },
    "connected on the 14th of a month of 31 days": {
      from: "2026-12-14",
      live: ["2026-12-14", "2027-01-01"],
      expect: ["2026-12-14 348.39 = 600.00 × 18 / 31"],
    },
    "a February of 28 days": {
      from: "2027-02-15",
      live: ["2027-02-15", "2027-03-01"],
      expect: ["2027-02-15 300.00 = 600.00 × 14 / 28"],
    },
    "a February of 29 days": {
      from: "2028-02-15",
      live: ["2028-02-15", "2028-03-01"],
      expect: ["2028-02-15 310.34 = 600.00 × 15 / 29"],
    },
    "then whole months, each on its first day": {
      from: "2026-11-16",
      live: ["2026-11-16", "2027-02-01"],
      expect: ["2026-11-16 300.00 = 600.00 × 15 / 30", "2026-12-01 600.00", "2027-01-01 600.00"],
    },
    "half a kopeck goes up": {
      tariff: { fee: "0.45" },
      from: "2026-11-29",
      live: ["2026-11-29", "2026-12-01"],
      expect: ["2026-11-29 0.03 = 0.45 × 2 / 30"],
    },
    "a fee of zero charges nothing": {
      tariff: { fee: "0.00" },
      from: "2026-11-01",
      live: ["2026-11-01", "2027-02-01"],
      expect: [],
    },
    "starts tomorrow: nothing today": {
      from: "2026-11-20",
      live: ["2026-11-19", "2026-11-21"],
      expect: ["2026-11-20 220.00 = 600.00 × 11 / 30"],
    },
    "three of a thing cost three times": {
      tariff: { fee: "150.00" },
      from: "2026-11-01",
      quantity: 3,
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 450.00 = 150.00 × 3"],
    },
    "one rounding a line, not one a thing": {
      tariff: { fee: "10.01" },
      from: "2026-11-21",
      quantity: 3,
      live: ["2026-11-21", "2026-11-22"],
      expect: ["2026-11-21 10.01 = 30.03 × 10 / 30"],
    },
    "ends inside the month: charged for its days": {
      from: "2026-01-01",
      to: "2026-12-11",
      live: ["2026-12-01", "2027-01-01"],
      expect: ["2026-12-01 193.55 = 600.00 × 10 / 31"],
    },
    "begins and ends inside one month": {
      from: "2026-11-11",
      to: "2026-11-21",
      live: ["2026-11-11", "2026-12-01"],
      expect: ["2026-11-11 200.00 = 600.00 × 10 / 30"],
    },
    "ended before the month: nothing": {
      from: "2026-01-01",
      to: "2026-11-01",
      live: ["2026-11-01", "2027-01-01"],
      expect: [],
    },
    "connected and disconnected on one day: nothing": {
      from: "2026-11-14",
      to: "2026-11-14",
      live: ["2026-11-14", "2026-12-01"],
      expect: [],
    },
  });
});

describe("an account's own anchor and a subscription's own anniversary", () => {
  run({
    "anchor 15: from the 15th to the 15th": {
      anchor: 15,
      from: "2026-11-15",
      live: ["2026-11-15", "2026-12-20"],
      expect: ["2026-11-15 600.00", "2026-12-15 600.00"],
    },
    "anchor 15, connected on the 20th: the part up to the 15th": {
      anchor: 15,
      from: "2026-11-20",
      live: ["2026-11-20", "2026-12-16"],
      expect: ["2026-11-20 500.00 = 600.00 × 25 / 30", "2026-12-15 600.00"],
    },
    "anchor 31 clamps to the month's end and does not drift": {
      anchor: 31,
      from: "2027-01-31",
      live: ["2027-01-31", "2027-06-01"],
      expect: ["2027-01-31 600.00", "2027-02-28 600.00", "2027-03-31 600.00", "2027-04-30 600.00", "2027-05-31 600.00"],
    },
    "anchor 29 in a leap year and after it": {
      anchor: 29,
      from: "2028-01-29",
      live: ["2028-01-29", "2028-04-01"],
      expect: ["2028-01-29 600.00", "2028-02-29 600.00", "2028-03-29 600.00"],
    },
    "anchor 30 in February": {
      anchor: 30,
      from: "2027-01-30",
      live: ["2027-01-30", "2027-04-01"],
      expect: ["2027-01-30 600.00", "2027-02-28 600.00", "2027-03-30 600.00"],
    },
    "anniversary: the day it began, whatever the account's anchor": {
      tariff: { fee: "600.00", chargeMethod: "anniversary" },
      from: "2026-11-17",
      live: ["2026-11-17", "2027-01-18"],
      expect: ["2026-11-17 600.00", "2026-12-17 600.00", "2027-01-17 600.00"],
    },
    "anniversary on the 31st": {
      tariff: { fee: "600.00", chargeMethod: "anniversary" },
      from: "2026-10-31",
      live: ["2026-10-31", "2027-01-01"],
      expect: ["2026-10-31 600.00", "2026-11-30 600.00", "2026-12-31 600.00"],
    },
    "an anniversary beside a calendar month on one account": {
      tariffs: { home: { fee: "600.00" }, tv: { fee: "200.00", chargeMethod: "anniversary" } },
      subscriptions: { home: { from: "2026-11-01" }, tv: { tariff: "tv", from: "2026-11-10" } },
      live: ["2026-11-01", "2026-12-11"],
      expect: ["2026-11-01 600.00", "2026-11-10 200.00", "2026-12-01 600.00", "2026-12-10 200.00"],
    },
  });
});

describe("longer periods, a number of charges, single sums", () => {
  run({
    "a quarter at once": {
      tariff: { fee: "1500.00", periodMonths: 3 },
      from: "2026-11-01",
      live: ["2026-11-01", "2027-06-01"],
      expect: ["2026-11-01 1500.00", "2027-02-01 1500.00", "2027-05-01 1500.00"],
    },
    "a quarter begun inside a month: of the whole quarter's days": {
      tariff: { fee: "920.00", periodMonths: 3 },
      from: "2026-11-11",
      live: ["2026-11-11", "2026-12-01"],
      expect: ["2026-11-11 820.00 = 920.00 × 82 / 92"],
    },
    "a year, with its 29 February": {
      tariff: { fee: "3660.00", periodMonths: 12 },
      from: "2028-01-01",
      live: ["2028-01-01", "2029-01-02"],
      expect: ["2028-01-01 3660.00", "2029-01-01 3660.00"],
    },
    "an instalment of four, the first part of a month among them": {
      tariff: { fee: "1000.00", maxCharges: 4, prorationStart: "none" },
      from: "2026-11-20",
      live: ["2026-11-20", "2027-06-01"],
      expect: ["2026-11-20 1000.00", "2026-12-01 1000.00", "2027-01-01 1000.00", "2027-02-01 1000.00"],
    },
    "an instalment of three: a month of pause is not one of the charges": {
      tariff: { fee: "1000.00", maxCharges: 3, prorationStop: "none" },
      from: "2026-09-01",
      blocks: [["voluntary", "2026-10-01", "2026-11-01"]],
      live: ["2026-09-01", "2027-06-01"],
      expect: ["2026-09-01 1000.00", "2026-11-01 1000.00", "2026-12-01 1000.00"],
    },
    "an instalment over the turn of the year, whose rate of VAT changes within a period: two lines are one charge": {
      tariff: { fee: "310.00", maxCharges: 2 },
      from: "2025-12-16",
      anchor: 16,
      live: ["2025-12-16", "2026-06-01"],
      expect: ["2025-12-16 160.00 = 310.00 × 16 / 31", "2025-12-16 150.00 = 310.00 × 15 / 31", "2026-01-16 310.00"],
    },
    "a single sum, once": {
      tariff: { fee: "2500.00", chargeMethod: "one_off" },
      from: "2026-11-20",
      live: ["2026-11-20", "2027-03-01"],
      expect: ["2026-11-20 2500.00"],
    },
    "a single sum of five things": {
      tariff: { fee: "99.90", chargeMethod: "one_off" },
      from: "2026-11-20",
      quantity: 5,
      live: ["2026-11-20", "2026-11-21"],
      expect: ["2026-11-20 499.50 = 99.90 × 5"],
    },
  });
});

describe("in arrears", () => {
  const arrears = { fee: "620.00", chargeMethod: "arrears", moneyGate: "always" } as const;
  run({
    "the month that is over, on the first day after it": {
      tariff: arrears,
      from: "2026-10-01",
      live: ["2026-10-01", "2026-12-02"],
      expect: ["2026-11-01 620.00", "2026-12-01 620.00"],
    },
    "for the days that were served": {
      tariff: arrears,
      from: "2026-10-12",
      live: ["2026-10-12", "2026-11-02"],
      expect: ["2026-11-01 400.00 = 620.00 × 20 / 31"],
    },
    "the last part when it ends": {
      tariff: arrears,
      from: "2026-10-01",
      to: "2026-10-11",
      live: ["2026-10-05", "2026-10-20"],
      expect: ["2026-10-11 200.00 = 620.00 × 10 / 31"],
    },
    "a pause is not paid for": {
      tariff: arrears,
      from: "2026-10-01",
      blocks: [["voluntary", "2026-10-11", "2026-10-21"]],
      live: ["2026-10-25", "2026-11-02"],
      expect: ["2026-11-01 420.00 = 620.00 × 21 / 31"],
    },
    "a month that was paused whole costs nothing": {
      tariff: arrears,
      from: "2026-10-01",
      blocks: [["voluntary", "2026-09-01", "2026-11-01"]],
      live: ["2026-10-25", "2026-11-02"],
      expect: [],
    },
    "anchor 15 in arrears": {
      tariff: { ...arrears, fee: "600.00" },
      anchor: 15,
      from: "2026-11-15",
      live: ["2026-11-15", "2026-12-16"],
      expect: ["2026-12-15 600.00"],
    },
  });
});

describe("equal daily shares", () => {
  const daily = { fee: "100.00", chargeMethod: "daily" } as const;
  const first10 = ["3.33", "3.34", "3.33", "3.33", "3.34", "3.33", "3.33", "3.34", "3.33", "3.33"];
  run({
    "a day's share is what is owed by its evening less what was owed the evening before": {
      tariff: daily,
      from: "2026-11-01",
      live: ["2026-11-01", "2026-11-11"],
      expect: first10.map((sum, index) => `2026-11-${String(index + 1).padStart(2, "0")} ${sum}`),
    },
    "missed days are made up for, each with its own share": {
      tariff: daily,
      from: "2026-11-01",
      live: ["2026-11-03", "2026-11-04"],
      expect: ["2026-11-03 3.33", "2026-11-03 3.34", "2026-11-03 3.33"],
    },
    "begun on the 29th: two shares of thirty": {
      tariff: daily,
      from: "2026-11-29",
      live: ["2026-11-29", "2026-12-01"],
      expect: ["2026-11-29 3.34", "2026-11-30 3.33"],
    },
    "the day of disconnection is not charged": {
      tariff: daily,
      from: "2026-10-01",
      to: "2026-11-03",
      live: ["2026-11-01", "2026-11-10"],
      expect: ["2026-11-01 3.33", "2026-11-02 3.34"],
    },
    "days of a pause are not charged": {
      tariff: { fee: "300.00", chargeMethod: "daily" },
      from: "2026-10-01",
      blocks: [["voluntary", "2026-11-02", "2026-11-04"]],
      live: ["2026-11-01", "2026-11-06"],
      expect: ["2026-11-01 10.00", "2026-11-04 10.00", "2026-11-05 10.00"],
    },
  });
});
