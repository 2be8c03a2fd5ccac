import { describe, expect, test } from "vitest";
import { type GoldenTariff, withoutArithmetic } from "./golden-case";
import { type GoldenLife, lived } from "./golden-life";

const run = (cases: Readonly<Record<string, GoldenLife & { readonly expect: readonly string[] }>>) => {
  for (const [name, golden] of Object.entries(cases)) {
    test(name, () => expect(lived(golden)).toEqual(golden.expect.map(withoutArithmetic)));
  }
};

type UsageMeter = NonNullable<GoldenTariff["usage"]>["meters"][number];
const two = { home: { from: "2026-11-01" }, tv: { tariff: "tv", from: "2026-11-01" } };
const homeAndTv = { home: { fee: "600.00" }, tv: { fee: "200.00" } };

describe("a block of one subscription", () => {
  run({
    "a debt closes what it is for, and not what is paid for a year (Kill Bill 1997)": {
      tariffs: {
        year: { fee: "3650.00", moneyGate: "always", periodMonths: 12 },
        month: { fee: "600.00", moneyGate: "always" },
      },
      subscriptions: { year: { tariff: "year", from: "2026-09-01" }, month: { tariff: "month", from: "2026-09-01" } },
      money: "3650.00",
      live: ["2026-09-01", "2026-10-01"],
      // Due 15 September, and ten days more.
      expect: ["2026-09-01 year 3650.00", "2026-09-01 month 600.00", "2026-09-26 month closed"],
    },
    "a debt that closes within what was charged ahead: paid, it is opened and the closed days come back, both at once":
      {
        tariff: { fee: "600.00", moneyGate: "always" },
        from: "2026-09-01",
        money: "0.00",
        pays: [["2026-09-29", "600.00"]],
        live: ["2026-09-01", "2026-09-30"],
        expect: [
          "2026-09-01 only 600.00",
          "2026-09-26 only closed",
          "2026-09-29 only back 60.00 = 600.00 × 3 / 30",
          "2026-09-29 only opened",
        ],
      },
    "a pause of one: its days come back, the other is charged whole": {
      tariffs: homeAndTv,
      subscriptions: two,
      blocks: [["voluntary", "2026-11-05", "2026-11-08", "tv"]],
      live: ["2026-11-01", "2026-12-02"],
      expect: [
        "2026-11-01 home 600.00",
        "2026-11-01 tv 200.00",
        "2026-11-08 tv back 20.00 = 200.00 × 3 / 30",
        "2026-12-01 home 600.00",
        "2026-12-01 tv 200.00",
      ],
    },
    "a pause of one inside a pause of all is subtracted once": {
      tariffs: homeAndTv,
      subscriptions: two,
      blocks: [
        ["voluntary", "2026-11-04", "2026-11-10"],
        ["administrative", "2026-11-08", "2026-11-13", "tv"],
      ],
      live: ["2026-11-01", "2026-11-30"],
      expect: [
        "2026-11-01 home 600.00",
        "2026-11-01 tv 200.00",
        "2026-11-10 home back 120.00 = 600.00 × 6 / 30",
        "2026-11-10 tv back 40.00 = 200.00 × 6 / 30",
        "2026-11-13 tv back 20.00 = 200.00 × 9 / 30 − 200.00 × 6 / 30",
      ],
    },
    "what money does not suffice for is closed alone, and opened by the money: that day counts": {
      tariffs: homeAndTv,
      subscriptions: { home: { from: "2026-11-01" }, tv: { tariff: "tv", from: "2026-11-10" } },
      money: "600.00",
      pays: [["2026-11-15", "106.67"]],
      live: ["2026-11-01", "2026-11-30"],
      expect: [
        "2026-11-01 home 600.00",
        "2026-11-10 tv closed",
        "2026-11-15 tv 106.67 = 200.00 × 16 / 30",
        "2026-11-15 tv opened",
      ],
    },
    "closed for money within a pause: payment lifts the one, the pause goes on": {
      money: "0.00",
      from: "2026-11-01",
      blocks: [["voluntary", "2026-11-05", "2026-11-21"]],
      pays: [["2026-11-10", "1000.00"]],
      live: ["2026-11-01", "2026-12-01"],
      expect: ["2026-11-01 only closed", "2026-11-21 only 200.00 = 600.00 × 10 / 30", "2026-11-21 only opened"],
    },
  });
});

describe("several changes of a tariff", () => {
  const afterwards = { chargeMethod: "arrears", moneyGate: "always" } as const;
  const tariffs = { home: { fee: "600.00" }, fast: { fee: "900.00" }, slow: { fee: "300.00" } };
  run({
    "up and down within a month: each has its own days": {
      tariffs,
      from: "2026-11-01",
      changesNow: [
        ["2026-11-11", "fast"],
        ["2026-11-21", "slow"],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: [
        "2026-11-01 only 600.00",
        "2026-11-11 only 600.00 = 900.00 × 20 / 30",
        "2026-11-11 only back 400.00 = 600.00 × 20 / 30",
        "2026-11-21 only 100.00 = 300.00 × 10 / 30",
        "2026-11-21 only back 300.00 = 900.00 × 10 / 30",
        "2026-12-01 only 300.00",
      ],
    },
    "a second change on the same day replaces the first": {
      tariffs,
      from: "2026-11-01",
      changesNow: [
        ["2026-11-11", "fast"],
        ["2026-11-11", "slow"],
      ],
      live: ["2026-11-01", "2026-11-30"],
      expect: [
        "2026-11-01 only 600.00",
        "2026-11-11 only 600.00 = 900.00 × 20 / 30",
        "2026-11-11 only back 400.00 = 600.00 × 20 / 30",
        "2026-11-11 only 200.00 = 300.00 × 20 / 30",
        "2026-11-11 only back 600.00",
      ],
    },
    "there and back on one day: as if nothing was": {
      tariffs,
      from: "2026-11-01",
      changesNow: [
        ["2026-11-11", "fast"],
        ["2026-11-11", "home"],
      ],
      live: ["2026-11-01", "2026-11-30"],
      expect: [
        "2026-11-01 only 600.00",
        "2026-11-11 only 600.00 = 900.00 × 20 / 30",
        "2026-11-11 only back 400.00 = 600.00 × 20 / 30",
        "2026-11-11 only 400.00 = 600.00 × 20 / 30",
        "2026-11-11 only back 600.00",
      ],
    },
    "in arrears, changed twice: the days of each are charged when it is left": {
      tariffs: {
        home: { fee: "600.00", ...afterwards },
        fast: { fee: "900.00", ...afterwards },
        slow: { fee: "300.00", ...afterwards },
      },
      from: "2026-11-01",
      changesNow: [
        ["2026-11-11", "fast"],
        ["2026-11-21", "slow"],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: [
        "2026-11-11 only 200.00 = 600.00 × 10 / 30",
        "2026-11-21 only 300.00 = 900.00 × 10 / 30",
        "2026-12-01 only 100.00 = 300.00 × 10 / 30",
      ],
    },
    "from in arrears to daily shares to a month: no day twice, none lost": {
      tariffs: {
        home: { fee: "600.00", ...afterwards },
        fast: { fee: "900.00" },
        slow: { fee: "300.00", chargeMethod: "daily" },
      },
      from: "2026-11-01",
      changesNow: [
        ["2026-11-11", "slow"],
        ["2026-11-13", "fast"],
      ],
      live: ["2026-11-10", "2026-12-02"],
      expect: [
        "2026-11-11 only 200.00 = 600.00 × 10 / 30",
        "2026-11-11 only 10.00 = 300.00 × 1 / 30",
        "2026-11-12 only 10.00 = 300.00 × 1 / 30",
        "2026-11-13 only 10.00 = 300.00 × 1 / 30",
        "2026-11-13 only 540.00 = 900.00 × 18 / 30",
        "2026-11-13 only back 10.00",
        "2026-12-01 only 900.00",
      ],
    },
    "with a pause between them: the paused days are nobody's": {
      tariffs,
      from: "2026-11-01",
      blocks: [["voluntary", "2026-11-13", "2026-11-16"]],
      changesNow: [
        ["2026-11-11", "fast"],
        ["2026-11-21", "slow"],
      ],
      live: ["2026-11-01", "2026-11-30"],
      expect: [
        "2026-11-01 only 600.00",
        "2026-11-11 only 600.00 = 900.00 × 20 / 30",
        "2026-11-11 only back 400.00 = 600.00 × 20 / 30",
        "2026-11-16 only back 90.00 = 900.00 × 3 / 30",
        "2026-11-21 only 100.00 = 300.00 × 10 / 30",
        "2026-11-21 only back 300.00 = 900.00 × 10 / 30",
      ],
    },
  });
});

describe("usage", () => {
  const named = { meter: "call", nameRu: "Звонки", nameEn: "Calls" };
  const minutes = { unit: "minute", pricer: "per_unit", priceMinor: "150" };
  const phone = (meter: object, moneyGate: "always" | "if_enough" = "always") => ({
    home: { fee: "600.00" },
    phone: {
      ...{ fee: "0.00", chargeMethod: "usage" as const, moneyGate },
      usage: { meters: [{ ...named, ...meter } as UsageMeter] },
    },
  });
  const only = { phone: { tariff: "phone", from: "2026-11-01" } };
  run({
    "the fee in advance and usage in arrears, on one account": {
      tariffs: phone(minutes),
      subscriptions: { home: { from: "2026-11-01" }, ...only },
      used: [
        ["phone", "2026-11-07", 120],
        ["phone", "2026-11-20", 90],
      ],
      live: ["2026-11-01", "2026-12-02"],
      // 210 seconds are 3.5 minutes
      expect: ["2026-11-01 home 600.00", "2026-12-01 phone 5.25 = 1.50 × 210 / 60", "2026-12-01 home 600.00"],
    },
    "by tiers, each unit at the price of its own": {
      tariffs: phone({
        ...{ unit: "piece", pricer: "tiered" },
        tiers: [
          { upToUnits: "100", priceMinor: "100" },
          { upToUnits: null, priceMinor: "80" },
        ],
      }),
      subscriptions: only,
      used: [
        ["phone", "2026-11-07", 90],
        ["phone", "2026-11-08", 40],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-12-01 phone 124.00 = 100 × 1.00 + 30 × 0.80"],
    },
    "by volume, all of them at the price that is reached": {
      tariffs: phone({
        ...{ unit: "piece", pricer: "volume" },
        tiers: [
          { upToUnits: "100", priceMinor: "100" },
          { upToUnits: null, priceMinor: "80" },
        ],
      }),
      subscriptions: only,
      used: [["phone", "2026-11-07", 130]],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-12-01 phone 104.00 = 130 × 0.80"],
    },
    "a package whose rest goes over to the next month, once": {
      tariffs: phone({
        ...{ unit: "minute", pricer: "package", packageUnits: "100", packageMinor: "20000", rolloverPeriods: 1 },
        beyond: { priceMinor: "250" },
      }),
      subscriptions: only,
      used: [
        ["phone", "2026-11-07", 60 * 60],
        ["phone", "2026-12-07", 130 * 60],
        ["phone", "2027-01-07", 160 * 60],
      ],
      live: ["2026-11-01", "2027-02-02"],
      // 40 of November's are left for December's 130, so 10 of December's own for January's 160: 50 beyond.
      expect: ["2026-12-01 phone 200.00", "2027-01-01 phone 200.00", "2027-02-01 phone 325.00 = 200.00 + 50 × 2.50"],
    },
    "a connection fee and whole minutes, each call by itself": {
      tariffs: phone({
        unit: "minute",
        pricer: "increments",
        priceMinor: "180",
        firstIncrement: "60",
        nextIncrement: "60",
        connectMinor: "100",
      }),
      subscriptions: only,
      used: [
        ["phone", "2026-11-07", 61],
        ["phone", "2026-11-08", 10],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-12-01 phone 7.40 = 2 × 1.00 + 3 × 1.80"],
    },
    "a free allowance is used up before anything is charged": {
      tariffs: phone({ ...minutes, freeUnits: "10" }),
      subscriptions: only,
      used: [
        ["phone", "2026-11-07", 480],
        ["phone", "2026-11-08", 240],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-12-01 phone 3.00 = 1.50 × 720 / 60 − 10 × 1.50"],
    },
    "a record that comes late is a further line of its month": {
      tariffs: phone(minutes),
      subscriptions: only,
      used: [
        ["phone", "2026-11-07", 120],
        ["phone", "2026-11-20", 180, "2026-12-05"],
      ],
      live: ["2026-11-01", "2026-12-10"],
      expect: ["2026-12-01 phone 3.00 = 2 × 1.50", "2026-12-05 phone 4.50 = 3 × 1.50"],
    },
    "a late record that makes all cheaper by volume gives the difference back": {
      tariffs: phone({
        ...{ unit: "piece", pricer: "volume" },
        tiers: [
          { upToUnits: "100", priceMinor: "100" },
          { upToUnits: null, priceMinor: "80" },
        ],
      }),
      subscriptions: only,
      used: [
        ["phone", "2026-11-07", 100],
        ["phone", "2026-11-20", 10, "2026-12-05"],
      ],
      live: ["2026-11-01", "2026-12-10"],
      expect: ["2026-12-01 phone 100.00 = 100 × 1.00", "2026-12-05 phone back 12.00 = 100.00 − 110 × 0.80"],
    },
    "prepaid without the money: closed, and charged once there is some": {
      tariffs: phone(minutes, "if_enough"),
      subscriptions: only,
      used: [["phone", "2026-11-07", 120]],
      money: "2.99",
      pays: [["2026-12-05", "0.01"]],
      live: ["2026-11-01", "2026-12-10"],
      expect: ["2026-12-01 phone closed", "2026-12-05 phone 3.00 = 2 × 1.50", "2026-12-05 phone opened"],
    },
  });
});

describe("credit for a time, at the gate", () => {
  run({
    "a promised payment is a limit and never money: the charge that failed passes, by days": {
      tariff: { fee: "650.00" },
      from: "2026-11-01",
      money: "681.67",
      limits: [["619.00", "2026-12-02", "2026-12-05"]],
      live: ["2026-11-01", "2026-12-10"],
      expect: [
        "2026-11-01 only 650.00",
        "2026-12-01 only closed",
        "2026-12-02 only 629.03 = 650.00 × 30 / 31",
        "2026-12-02 only opened",
      ],
    },
    "a temporary limit ends by itself, and is not there on its last day": {
      from: "2026-11-01",
      money: "0.00",
      limits: [["1200.00", "2026-11-01", "2026-12-01"]],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 only 600.00", "2026-12-01 only closed"],
    },
    "limits add up: the permanent one counts as money beside the temporary": {
      from: "2026-11-01",
      money: "100.00",
      limits: [
        ["200.00", "2026-01-01", "2030-01-01"],
        ["300.00", "2026-11-01", "2026-11-11"],
      ],
      live: ["2026-11-01", "2026-11-30"],
      expect: ["2026-11-01 only 600.00"],
    },
    "a kopeck short of the fee with all of them": {
      from: "2026-11-01",
      money: "99.99",
      limits: [["500.00", "2026-11-01", "2026-11-11"]],
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 only closed"],
    },
  });
});
