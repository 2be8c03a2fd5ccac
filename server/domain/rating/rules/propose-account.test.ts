import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, daysBetween, startOfDay, toDay } from "@/server/kernel/day";
import { longPeriodHolding } from "@/server/kernel/period";
import { chargeKey } from "./charge-key";
import type { ProposedCharge } from "./due-lines";
import { dayShare } from "./line-amount";
import { sumOf } from "./money-gate";
import { type AccountSnapshot, proposeAccount } from "./propose-account";
import type { ChargedLine } from "./true-up";

const ZONE = "Europe/Moscow";
const START = toDay("2026-01-01");

const METHODS = ["monthly", "daily", "anniversary", "arrears", "one_off"] as const;
const GATES = ["if_enough", "to_limit", "always"] as const;
const PRORATIONS = ["actual_days", "thirty", "none"] as const;

/** Every combination of method and gate is a tariff; how parts are counted is drawn. */
const catalogs = fc
  .record({
    fees: fc.array(fc.bigInt({ min: 1n, max: 5_000_00n }), { minLength: 15, maxLength: 15 }),
    prorationStart: fc.constantFrom(...PRORATIONS),
    prorationStop: fc.constantFrom(...PRORATIONS),
    dayRule: fc.constantFrom("connection_in", "any_moment", "at_midnight"),
  })
  .map(({ fees, ...rules }) => {
    const tariffs = METHODS.flatMap((chargeMethod) => GATES.map((moneyGate) => ({ chargeMethod, moneyGate })));
    return {
      tariffs: new Map(
        tariffs.map((method, index) => [
          `t${index}`,
          {
            id: `t${index}`,
            code: `t${index}`,
            vatCode: "standard",
            revenueCode: "revenue:internet",
            prices: [
              {
                ...method,
                ...rules,
                prorationChange: "actual_days",
                version: 1,
                newFrom: toDay("2020-01-01"),
                existingFrom: null,
                feeMinor: fees[index],
                phases: [],
                periodMonths: 1,
                maxCharges: null,
              },
            ],
          },
        ]),
      ),
      bundles: [],
      vatRates: [{ code: "standard", validFrom: toDay("2020-01-01"), percent: 22 }],
    } as unknown as Catalog;
  });

const offset = fc.integer({ min: 0, max: 120 });
const subscriptions = fc
  .array(
    fc.record({
      tariff: fc.integer({ min: 0, max: 14 }),
      from: offset,
      lasts: fc.option(fc.integer({ min: 0, max: 90 })),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((rows) =>
    rows.map(
      ({ tariff, from, lasts }, index): SubscriptionRow => ({
        accountId: "account",
        id: `s${index}`,
        tariffId: `t${tariff}`,
        quantity: 1,
        startedOn: addDays(START, from),
        term: 0,
        termFrom: null,
        billedFrom: null,
        endedOn: lasts === null ? null : addDays(START, from + lasts),
        personalPrices: [],
      }),
    ),
  );
const pauses = fc.array(fc.tuple(offset, fc.integer({ min: 0, max: 30 })), { maxLength: 4 }).map((pairs) =>
  pairs.map(
    ([from, days], index): BlockRow => ({
      id: `b${index}`,
      subscriptionId: null,
      reason: index % 2 === 0 ? "voluntary" : "administrative",
      fromAt: startOfDay(addDays(START, from), ZONE),
      untilAt: startOfDay(addDays(START, from + days), ZONE),
    }),
  ),
);

interface Life {
  readonly balanceMinor: bigint;
  readonly charged: ReadonlySet<string>;
  readonly lines: readonly ChargedLine[];
  readonly dueLater: AccountSnapshot["dueLater"];
}
const BORN: Life = { balanceMinor: 0n, charged: new Set(), lines: [], dueLater: [] };

interface Given {
  readonly catalog: Catalog;
  readonly subscriptions: readonly SubscriptionRow[];
  readonly blocks: readonly BlockRow[];
  readonly anchorDay: number;
  readonly limitMinor: bigint;
}

/** The snapshot as it is read on a day: blocks that have not begun are not there yet, and one that goes on has no end yet. */
function snapshotOf(given: Given, life: Life, today: Day): AccountSnapshot {
  const midnight = startOfDay(today, ZONE).getTime();
  return {
    accountId: "account",
    anchorDay: given.anchorDay,
    availableMinor: life.balanceMinor + given.limitMinor,
    subscriptions: given.subscriptions,
    blocks: given.blocks
      .filter((block) => block.fromAt.getTime() <= midnight)
      .map((block) => ((block.untilAt?.getTime() ?? 0) <= midnight ? block : { ...block, untilAt: null })),
    discounts: [],
    changes: [],
    charged: life.charged,
    knownSince: toDay("2020-01-01"),
    lines: life.lines,
    dueLater: life.dueLater,
    paymentTermDays: 14,
    blockDelayDays: 10,
  };
}

const propose = (given: Given, life: Life, today: Day) =>
  proposeAccount(snapshotOf(given, life, today), given.catalog, today, ZONE);

function written(life: Life, outcome: ReturnType<typeof proposeAccount>): Life {
  const credited = new Map(outcome.credits.map((credit) => [credit.line, credit]));
  return {
    balanceMinor: life.balanceMinor - sumOf(outcome.charges) + sumOf(outcome.credits),
    charged: new Set([
      ...life.charged,
      ...outcome.charges.map((one) => chargeKey(one.subscriptionId, one.term, one.period.start, one.kind)),
    ]),
    lines: [
      ...life.lines.map((line) => {
        const credit = credited.get(line);
        return credit
          ? {
              ...line,
              creditedMinor: line.creditedMinor + credit.amountMinor,
              creditedVatMinor: line.creditedVatMinor + credit.vatMinor,
              correctedMinor: line.correctedMinor + credit.amountMinor,
              correctedVatMinor: line.correctedVatMinor + credit.vatMinor,
            }
          : line;
      }),
      ...outcome.charges.map(lineOf),
    ],
    dueLater: [
      ...life.dueLater,
      ...outcome.charges.flatMap(({ dueOn, amountMinor }) => (dueOn ? [{ dueOn, amountMinor }] : [])),
    ],
  };
}

function lineOf(charge: ProposedCharge): ChargedLine {
  return {
    subscriptionId: charge.subscriptionId,
    term: charge.term,
    periodStart: charge.period.start,
    periodEnd: charge.period.end,
    kind: charge.kind,
    chargedFrom: charge.charged.from,
    chargedTo: charge.charged.to,
    chargedDays: charge.charged.days,
    periodDays: charge.periodDays,
    tariffId: charge.tariffId,
    priceVersion: charge.priceVersion,
    feeMinor: charge.feeMinor,
    discountMinor: charge.discountMinor,
    amountMinor: charge.amountMinor,
    vatPercent: charge.vatPercent,
    vatMinor: charge.vatMinor,
    creditedMinor: 0n,
    creditedVatMinor: 0n,
    correctedMinor: 0n,
    correctedVatMinor: 0n,
  };
}

const given = fc.record({
  catalog: catalogs,
  subscriptions,
  blocks: pauses,
  anchorDay: fc.integer({ min: 1, max: 31 }),
  limitMinor: fc.bigInt({ min: 0n, max: 500_00n }),
});
const payments = fc.array(fc.tuple(offset, fc.bigInt({ min: 1n, max: 3_000_00n })), { maxLength: 6 });

/** Lives an account through days, a charge a day and now and then two, and looks at every one of them. */
function live(
  account: Given,
  money: readonly (readonly [number, bigint])[],
  look: (day: Day, before: Life, outcome: ReturnType<typeof proposeAccount>, after: Life) => void,
): Life {
  let life = BORN;
  for (let n = 0; n <= 150; n += 1) {
    const day = addDays(START, n);
    for (const [on, sum] of money) if (on === n) life = { ...life, balanceMinor: life.balanceMinor + sum };
    const outcome = propose(account, life, day);
    const after = written(life, outcome);
    look(day, life, outcome, after);
    life = after;
  }
  return life;
}

const RUNS = { numRuns: 25 };
/** A hundred and fifty days of every account take their time on a slow machine. */
const TIMEOUT_MS = 120_000;

describe("whatever an account is, and whatever happens to it", { timeout: TIMEOUT_MS }, () => {
  test("a second look on the same day proposes nothing new", () => {
    fc.assert(
      fc.property(given, payments, (account, money) => {
        live(account, money, (day, _before, outcome, after) => {
          const again = propose(account, after, day);
          expect(again.credits).toEqual([]);
          // What was refused stays refused; what was charged is not charged again.
          const charged = new Set(outcome.charges.map((one) => one.subscriptionId + one.period.start));
          expect(again.charges.filter((one) => charged.has(one.subscriptionId + one.period.start))).toEqual([]);
        });
      }),
      RUNS,
    );
  });

  test("no prepaid charge crosses the limit", () => {
    fc.assert(
      fc.property(given, payments, (account, money) => {
        live(account, money, (day, before, outcome) => {
          const prepaid = sumOf(outcome.charges.filter((one) => one.gate !== "always"));
          if (prepaid === 0n) return;
          const later = sumOf(before.dueLater.filter((debt) => debt.dueOn >= day));
          expect(before.balanceMinor + account.limitMinor + later + sumOf(outcome.credits) - prepaid >= 0n).toBe(true);
        });
      }),
      RUNS,
    );
  });

  test("credits of a line never exceed it, in sum and in VAT, and no kopeck of VAT is left on a line given back whole", () => {
    fc.assert(
      fc.property(given, payments, (account, money) => {
        const { lines } = live(account, money, () => {});
        for (const line of lines) {
          expect(line.creditedMinor <= line.amountMinor).toBe(true);
          expect(line.creditedVatMinor <= line.vatMinor).toBe(true);
          if (line.creditedMinor === line.amountMinor) expect(line.creditedVatMinor).toBe(line.vatMinor);
        }
      }),
      RUNS,
    );
  });

  test("no day of a subscription is charged twice", () => {
    fc.assert(
      fc.property(given, payments, (account, money) => {
        const { lines } = live(account, money, () => {});
        for (const subscription of account.subscriptions) {
          const spans = lines
            .filter((line) => line.subscriptionId === subscription.id)
            .map((line) => [line.chargedFrom, line.chargedTo] as const)
            .sort();
          for (let index = 1; index < spans.length; index += 1) {
            expect((spans[index]?.[0] ?? "") >= (spans[index - 1]?.[1] ?? "")).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });
});

describe("parts make the whole", () => {
  test("shares of all days add up to the fee, for any fee and any month", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000_000n }), fc.integer({ min: 1, max: 366 }), (fee, n) => {
        let sum = 0n;
        for (let k = 1; k <= n; k += 1) sum += dayShare(fee, k, n);
        expect(sum).toBe(fee);
      }),
    );
  });

  test("long periods tile: each holds its day, touches the next, and is as many months as it should be", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom(1, 2, 3, 4, 6, 12),
        (at, from, anchorDay, months) => {
          const begun = addDays(START, from);
          const day = addDays(begun, at);
          const period = longPeriodHolding(day, anchorDay, months, begun);
          expect(period.start <= day && day < period.end).toBe(true);
          expect(longPeriodHolding(period.end, anchorDay, months, begun).start).toBe(period.end);
          expect(Math.round(daysBetween(period.start, period.end) / 30.44)).toBe(months);
        },
      ),
    );
  });
});

describe("debts that are too old close what they are for", () => {
  const [postpaid] = fc.sample(catalogs, 1) as [Catalog];
  const day = toDay("2026-10-20");
  const debts = [
    { subscriptionId: "year", dueOn: toDay("2026-09-15"), amountMinor: 3_650_00n },
    { subscriptionId: "month", dueOn: toDay("2026-09-15"), amountMinor: 600_00n },
    { subscriptionId: "late", dueOn: toDay("2026-10-15"), amountMinor: 100_00n },
  ];
  const behind = (owedMinor: bigint, dueLater: AccountSnapshot["dueLater"] = debts) => {
    const rows = ["year", "month", "late"].map(
      (id): SubscriptionRow => ({
        ...{ accountId: "account", id, tariffId: "t2", quantity: 1, startedOn: START, endedOn: null },
        ...{ term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
      }),
    );
    const charged = new Set(rows.map(({ id }) => chargeKey(id, 0, toDay("2026-10-01"), "recurring")));
    const snapshot = snapshotOf(
      { catalog: postpaid, subscriptions: rows, blocks: [], anchorDay: 1, limitMinor: 0n },
      { ...BORN, balanceMinor: -owedMinor, charged, dueLater },
      day,
    );
    return proposeAccount({ ...snapshot, knownSince: toDay("2026-10-01") }, postpaid, day, ZONE).refused;
  };

  test("the subscription that is not paid for, beside one that is", () => {
    expect(behind(100_00n)).toEqual([]);
    expect(behind(700_00n)).toEqual(["month"]);
    expect(behind(700_01n)).toEqual(["year", "month"]);
  });

  test("of two equal debts always the same one, in whatever order they are read", () => {
    const equal = ["month", "year"].map((subscriptionId) => ({
      subscriptionId,
      dueOn: toDay("2026-09-15"),
      amountMinor: 600_00n,
    }));
    expect(behind(600_00n, equal)).toEqual(["month"]);
    expect(behind(600_00n, equal.toReversed())).toEqual(["month"]);
  });

  test("all that could owe it, where it is older than the debts that are known", () => {
    expect(behind(4_350_01n)).toEqual(["year", "month", "late"]);
    expect(behind(1_00n, [])).toEqual(["year", "month", "late"]);
  });
});

test("what is charged late for a month that is closed by now is booked when it is charged, and in its own month while that is open", () => {
  const [catalog] = fc.sample(catalogs, 1) as [Catalog];
  const arrears = METHODS.indexOf("arrears") * GATES.length;
  const row: SubscriptionRow = {
    ...{ accountId: "account", id: "s", tariffId: `t${arrears}`, quantity: 1, startedOn: START, endedOn: null },
    ...{ term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
  };
  const today = toDay("2026-10-10");
  const snapshot = snapshotOf(
    { catalog, subscriptions: [row], blocks: [], anchorDay: 1, limitMinor: 100_000_00n },
    BORN,
    today,
  );
  const booked = (openFrom?: Day) =>
    proposeAccount({ ...snapshot, ...(openFrom && { openFrom }) }, catalog, today, ZONE).charges.map((line) => [
      line.charged.from,
      line.bookedOn,
    ]);
  expect(booked()).toEqual([["2026-09-01", "2026-09-30"]]);
  expect(booked(toDay("2026-09-01"))).toEqual([["2026-09-01", "2026-09-30"]]);
  expect(booked(toDay("2026-10-01"))).toEqual([["2026-09-01", "2026-10-10"]]);
});

test("a whole first period, with a pause within what was served of it, is worth to the second look what the first charged", () => {
  const [drawn] = fc.sample(catalogs, 1) as [Catalog];
  const arrears = `t${METHODS.indexOf("arrears") * GATES.length}`;
  const tariff = drawn.tariffs.get(arrears);
  const catalog = {
    ...drawn,
    tariffs: new Map([
      [
        arrears,
        {
          ...tariff,
          prices: tariff?.prices.map((price) => ({
            ...price,
            ...{ prorationStart: "none", prorationStop: "actual_days", dayRule: "connection_in", feeMinor: 310_00n },
          })),
        },
      ],
    ]),
  } as unknown as Catalog;
  const account: Given = {
    catalog,
    subscriptions: [
      {
        ...{
          accountId: "account",
          id: "s",
          tariffId: arrears,
          quantity: 1,
          startedOn: toDay("2026-01-16"),
          endedOn: null,
        },
        ...{ term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
      },
    ],
    blocks: [
      {
        ...{ id: "b", subscriptionId: null, reason: "voluntary" as const },
        fromAt: startOfDay(toDay("2026-01-20"), ZONE),
        untilAt: startOfDay(toDay("2026-01-23"), ZONE),
      },
    ],
    anchorDay: 1,
    limitMinor: 1_000_00n,
  };
  const day = toDay("2026-02-01");
  const first = propose(account, BORN, day);
  expect(first.charges.map((line) => line.amountMinor)).toEqual([280_00n]); // 310.00 × 28 / 31
  expect(propose(account, written(BORN, first), day)).toMatchObject({ charges: [], credits: [] });
});
