import { describe, expect, test } from "vitest";
import { chargedOn, type GoldenCase, happened, vatOf, withoutArithmetic } from "./golden-case";

const run = (cases: Readonly<Record<string, GoldenCase>>) => {
  for (const [name, golden] of Object.entries(cases)) {
    test(name, () => expect(happened(golden)).toEqual(golden.expect.map(withoutArithmetic)));
  }
};
const threeMonths = ["2026-11-01", "2027-01-02"] as const;

describe("price versions", () => {
  const rise = { fee: "600.00", later: [["700.00", "2026-11-10", "2026-12-10"]] } as const;
  run({
    "a rise inside December reaches an existing subscriber in January (Kill Bill 1661)": {
      tariff: rise,
      live: threeMonths,
      expect: ["2026-11-01 600.00", "2026-12-01 600.00", "2027-01-01 700.00"],
    },
    "a newcomer pays it at once": {
      tariff: rise,
      from: "2026-11-16",
      live: ["2026-11-16", "2026-12-02"],
      expect: ["2026-11-16 350.00 = 700.00 × 15 / 30", "2026-12-01 700.00"],
    },
    "on an anchor of 15 it comes with the subscriber's own next period": {
      tariff: rise,
      anchor: 15,
      live: ["2026-11-15", "2027-01-16"],
      expect: ["2026-11-15 600.00", "2026-12-15 700.00", "2027-01-15 700.00"],
    },
    "of two rises in one period the later wins (Kill Bill 1842, 2291)": {
      tariff: {
        fee: "600.00",
        later: [
          ["700.00", "2026-11-05", "2026-11-05"],
          ["800.00", "2026-11-20", "2026-11-20"],
        ],
      },
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 600.00", "2026-12-01 800.00"],
    },
    "a version for new subscribers only never reaches the others": {
      tariff: { fee: "600.00", later: [["900.00", "2026-11-01", null]] },
      live: threeMonths,
      expect: ["2026-11-01 600.00", "2026-12-01 600.00", "2027-01-01 600.00"],
    },
    "a price that falls falls the same way": {
      tariff: { fee: "600.00", later: [["500.00", "2026-12-01", "2026-12-01"]] },
      live: threeMonths,
      expect: ["2026-11-01 600.00", "2026-12-01 500.00", "2027-01-01 500.00"],
    },
    "a rise on the very first day of the period is in it": {
      tariff: { fee: "600.00", later: [["700.00", "2026-12-01", "2026-12-01"]] },
      live: ["2026-12-01", "2026-12-02"],
      expect: ["2026-12-01 700.00"],
    },
  });
});

describe("phases and trials", () => {
  const promo = { fee: "600.00", phases: [[3, "300.00"]] } as const;
  run({
    "three months of promotion, then the fee, without a manual step": {
      tariff: promo,
      from: "2026-09-01",
      live: ["2026-09-01", "2027-01-02"],
      expect: ["2026-09-01 300.00", "2026-10-01 300.00", "2026-11-01 300.00", "2026-12-01 600.00", "2027-01-01 600.00"],
    },
    "a part of a month before the first whole one is of the first phase and does not count": {
      tariff: promo,
      from: "2026-08-22",
      live: ["2026-08-22", "2026-12-02"],
      expect: [
        "2026-08-22 96.77 = 300.00 × 10 / 31",
        "2026-09-01 300.00",
        "2026-10-01 300.00",
        "2026-11-01 300.00",
        "2026-12-01 600.00",
      ],
    },
    "two phases one after the other": {
      tariff: {
        fee: "600.00",
        phases: [
          [1, "100.00"],
          [2, "400.00"],
        ],
      },
      from: "2026-09-01",
      live: ["2026-09-01", "2026-12-02"],
      expect: ["2026-09-01 100.00", "2026-10-01 400.00", "2026-11-01 400.00", "2026-12-01 600.00"],
    },
    "a trial month is free and turns paid by itself": {
      tariff: { fee: "600.00", phases: [[1, "trial"]] },
      from: "2026-11-01",
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-12-01 600.00"],
    },
    "on the anniversary phases are whole months of the subscriber's own": {
      tariff: { fee: "600.00", chargeMethod: "anniversary", phases: [[2, "1.00"]] },
      from: "2026-09-17",
      live: ["2026-09-17", "2026-11-18"],
      expect: ["2026-09-17 1.00", "2026-10-17 1.00", "2026-11-17 600.00"],
    },
    "a personal price stands above a phase": {
      tariff: promo,
      from: "2026-09-01",
      personal: ["250.00", "2026-09-01", null],
      live: ["2026-09-01", "2026-10-02"],
      expect: ["2026-09-01 250.00", "2026-10-01 250.00"],
    },
  });
});

describe("personal prices and discounts", () => {
  run({
    "a personal price for its time": {
      personal: ["450.00", "2026-11-01", "2026-12-01"],
      live: threeMonths,
      expect: ["2026-11-01 450.00", "2026-12-01 600.00", "2027-01-01 600.00"],
    },
    "a personal price that begins inside a month waits for the next": {
      personal: ["450.00", "2026-11-10", null],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 600.00", "2026-12-01 450.00"],
    },
    "a personal price is prorated like any": {
      from: "2026-11-21",
      personal: ["450.00", "2026-01-01", null],
      live: ["2026-11-21", "2026-11-22"],
      expect: ["2026-11-21 150.00 = 450.00 × 10 / 30"],
    },
    "ten percent off": {
      discounts: [["10 %", "2026-01-01", null]],
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 540.00 = 600.00 − 600.00 × 10 / 100"],
    },
    "percents add up, of the whole fee": {
      discounts: [
        ["10 %", "2026-01-01", null],
        ["15 %", "2026-01-01", null],
      ],
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 450.00 = 600.00 − 600.00 × 10 / 100 − 600.00 × 15 / 100"],
    },
    "percents first, then sums": {
      discounts: [
        ["50.00", "2026-01-01", null],
        ["50 %", "2026-01-01", null],
      ],
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 250.00 = 600.00 − 600.00 × 50 / 100 − 50.00"],
    },
    "never below nothing": {
      discounts: [
        ["80 %", "2026-01-01", null],
        ["500.00", "2026-01-01", null],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: [],
    },
    "more than a hundred percent is a hundred": {
      discounts: [
        ["70 %", "2026-01-01", null],
        ["70 %", "2026-01-01", "2026-12-01"],
      ],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-12-01 180.00 = 600.00 − 600.00 × 70 / 100"],
    },
    "a discount ends on its day, which is not counted": {
      discounts: [["100.00", "2026-11-01", "2026-12-01"]],
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 500.00", "2026-12-01 600.00"],
    },
    "a discount of a part of a month is a part of it: the discounted fee is prorated": {
      from: "2026-11-21",
      discounts: [["100.00", "2026-01-01", null]],
      live: ["2026-11-21", "2026-11-22"],
      expect: ["2026-11-21 166.67 = 500.00 × 10 / 30"],
    },
    "a third of a percent rounds half-up, once": {
      tariff: { fee: "99.99" },
      discounts: [["12.5 %", "2026-01-01", null]],
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 87.49 = 99.99 − 99.99 × 125 / 1000"],
    },
  });
});

describe("bundles", () => {
  const tariffs = { home: { fee: "600.00" }, tv: { fee: "200.00" } };
  run({
    "both parts: each is cheaper": {
      tariffs,
      bundle: { home: 10, tv: 50 },
      subscriptions: { a: { from: "2026-01-01" }, b: { tariff: "tv", from: "2026-01-01" } },
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 540.00 = 600.00 − 60.00", "2026-11-01 100.00 = 200.00 − 100.00"],
    },
    "one part alone is not": {
      tariffs,
      bundle: { home: 10, tv: 50 },
      subscriptions: { a: { from: "2026-01-01" } },
      live: ["2026-11-01", "2026-11-02"],
      expect: ["2026-11-01 600.00"],
    },
    "the discount falls off when a part leaves": {
      tariffs,
      bundle: { home: 10, tv: 50 },
      subscriptions: { a: { from: "2026-01-01" }, b: { tariff: "tv", from: "2026-01-01", to: "2026-11-20" } },
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 540.00", "2026-11-01 63.33 = 100.00 × 19 / 30", "2026-12-01 600.00"],
    },
    "a part that comes later brings it from the next period": {
      tariffs,
      bundle: { home: 10, tv: 50 },
      subscriptions: { a: { from: "2026-01-01" }, b: { tariff: "tv", from: "2026-11-16" } },
      live: ["2026-11-01", "2026-12-02"],
      expect: ["2026-11-01 600.00", "2026-11-16 50.00 = 100.00 × 15 / 30", "2026-12-01 540.00", "2026-12-01 100.00"],
    },
  });
});

describe("VAT is inside the price, by the date of service", () => {
  test.each([
    ["20 % to the last day of 2025", { live: ["2025-12-01", "2025-12-02"] }, 100_00n], // 600.00 × 20 / 120
    ["22 % from 1 January 2026", { live: ["2026-01-01", "2026-01-02"] }, 108_20n], // 600.00 × 22 / 122 = 108.197
    ["5 % for who is on the simplified system", { tariff: { fee: "600.00", vat: "usn5" } }, 28_57n], // 600.00 × 5 / 105 = 28.571
    ["7 %", { tariff: { fee: "600.00", vat: "usn7" } }, 39_25n], // 600.00 × 7 / 107 = 39.252
    ["none", { tariff: { fee: "600.00", vat: "none" } }, 0n],
    ["of a part of a month, of what is charged", { from: "2026-11-16", live: ["2026-11-16", "2026-11-17"] }, 54_10n], // 300.00 × 22 / 122 = 54.098
    [
      "December charged in January in arrears is still 20 %",
      {
        tariff: { fee: "600.00", chargeMethod: "arrears", moneyGate: "always" },
        live: ["2026-01-01", "2026-01-02"],
      },
      100_00n, // 600.00 × 20 / 120
    ],
    ["of a kopeck there is none", { tariff: { fee: "0.01" } }, 0n], // 0.01 × 22 / 122 = 0.0018
    ["of three kopecks, one", { tariff: { fee: "0.03" } }, 1n], // 0.03 × 22 / 122 = 0.0054
  ] as const)("%s", (_name, golden, vatMinor) => {
    expect(vatOf({ live: ["2026-11-01", "2026-11-02"], expect: [], ...(golden as Partial<GoldenCase>) })).toEqual([
      vatMinor,
    ]);
  });

  test.each([
    [
      "a year paid ahead in December is 20 % for December and 22 % for the rest",
      { tariff: { fee: "12000.00", periodMonths: 12 }, from: "2025-12-01", live: ["2025-12-01", "2025-12-02"] },
      // 12,000.00 × 31 / 365 = 1,019.178, × 20 / 120 = 169.863; the rest 10,980.82 × 22 / 122 = 1,980.148
      [
        ["2025-12-01", "2026-01-01", 1_019_18n, 20, 169_86n],
        ["2026-01-01", "2026-12-01", 10_980_82n, 22, 1_980_15n],
      ],
    ],
    [
      "a quarter in arrears, charged when it is over",
      {
        tariff: { fee: "900.00", periodMonths: 3, chargeMethod: "arrears", moneyGate: "always" },
        from: "2025-11-01",
        live: ["2026-02-01", "2026-02-02"],
      },
      // 900.00 × 61 / 92 = 596.739, × 20 / 120 = 99.457; the rest 303.26 × 22 / 122 = 54.686
      [
        ["2025-11-01", "2026-01-01", 596_74n, 20, 99_46n],
        ["2026-01-01", "2026-02-01", 303_26n, 22, 54_69n],
      ],
    ],
    [
      "only days that were served count: a pause takes the last of the old year",
      {
        tariff: { fee: "310.00", chargeMethod: "arrears", moneyGate: "always" },
        from: "2025-12-16",
        anchor: 16,
        blocks: [["voluntary", "2025-12-22", "2026-01-01"]],
        live: ["2026-01-16", "2026-01-17"],
      },
      // 310.00 × 21 / 31 = 210.00: 6 days of December and 15 of January; 60.00 × 20 / 120 and 150.00 × 22 / 122
      [
        ["2025-12-16", "2025-12-22", 60_00n, 20, 10_00n],
        ["2026-01-01", "2026-01-16", 150_00n, 22, 27_05n],
      ],
    ],
    [
      "of a tariff whose rate stays there is one line",
      {
        tariff: { fee: "12000.00", periodMonths: 12, vat: "usn5" },
        from: "2025-12-01",
        live: ["2025-12-01", "2025-12-02"],
      },
      [["2025-12-01", "2026-12-01", 12_000_00n, 5, 571_43n]], // 12,000.00 × 5 / 105
    ],
  ] as const)("a new rate falls into the days of a line: %s", (_name, golden, lines) => {
    expect(
      chargedOn({ expect: [], ...(golden as unknown as Omit<GoldenCase, "expect">) }).map((line) => [
        line.charged.from,
        line.charged.to,
        line.amountMinor,
        line.vatPercent,
        line.vatMinor,
      ]),
    ).toEqual(lines);
  });

  test("a day before the first rate is refused by name", () => {
    const golden = {
      tariff: { fee: "600.00", vat: "usn5" },
      from: "2024-01-01",
      live: ["2024-11-01", "2024-11-02"],
      expect: [],
    } as const;
    expect(() => vatOf(golden)).toThrow("vat.no_rate");
  });
});
