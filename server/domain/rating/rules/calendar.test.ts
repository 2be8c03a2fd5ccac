import { describe, expect, test } from "vitest";
import type { Catalog } from "@/server/domain/catalog";
import { addDays, addMonths, type Day, dayIn, startOfDay, toDay } from "@/server/kernel/day";
import { chargeKey } from "./charge-key";
import { type AccountSnapshot, proposeAccount } from "./propose-account";

/** One zone of each of Russia's eleven offsets, from UTC+2 to UTC+12, and one whose clocks jump twice a year. */
const ZONES = [
  ["Europe/Kaliningrad", 2],
  ["Europe/Moscow", 3],
  ["Europe/Samara", 4],
  ["Asia/Yekaterinburg", 5],
  ["Asia/Omsk", 6],
  ["Asia/Krasnoyarsk", 7],
  ["Asia/Irkutsk", 8],
  ["Asia/Yakutsk", 9],
  ["Asia/Vladivostok", 10],
  ["Asia/Magadan", 11],
  ["Asia/Kamchatka", 12],
  ["Europe/Berlin", null],
] as const;
const ANCHORS = Array.from({ length: 31 }, (_, index) => index + 1);
const MONTHS = 48;
const BEGUN = toDay("2026-01-31");
const METHODS = ["monthly", "anniversary", "arrears"] as const;

const catalogs = Object.fromEntries(METHODS.map((method) => [method, catalogOf(method)])) as Record<
  (typeof METHODS)[number],
  Catalog
>;

function catalogOf(chargeMethod: (typeof METHODS)[number]): Catalog {
  const price = {
    ...{ chargeMethod, moneyGate: "always", periodMonths: 1, maxCharges: null, dayRule: "any_moment" },
    ...{ prorationStart: "actual_days", prorationChange: "actual_days", prorationStop: "actual_days" },
    ...{ version: 1, newFrom: toDay("2020-01-01"), existingFrom: null, feeMinor: 600_00n, phases: [] },
  };
  return {
    tariffs: new Map([
      ["home", { id: "home", code: "home", vatCode: "standard", revenueCode: "revenue:internet", prices: [price] }],
    ]),
    bundles: [],
    vatRates: [{ code: "standard", validFrom: toDay("2020-01-01"), percent: 22 }],
  } as unknown as Catalog;
}

/** The days that a clock in the zone shows around a midnight: a millisecond and an hour before it, at it, and after it. */
function daysAround(midnight: Day, zone: string): Day[] {
  const at = startOfDay(midnight, zone).getTime();
  return [-3_600_000, -1, 0, 1, 3_600_000].map((shift) => dayIn(new Date(at + shift), zone));
}

/** The month's own day of an anchor: the 31st of a February is its last. */
function dayOfAnchor(month: Day, anchorDay: number): Day {
  const last = addDays(addMonths(month, 1), -1);
  return `${month.slice(0, 8)}${String(Math.min(anchorDay, Number(last.slice(8)))).padStart(2, "0")}` as Day;
}

/** Every first and last moment of a month's every own day; the same days for all of a zone's anchors, so they are asked once. */
function lookedAt(zone: string): (anchorDay: number) => Day[] {
  const asked = new Map<Day, Day[]>();
  return (anchorDay) =>
    Array.from({ length: MONTHS + 1 }, (_, n) => dayOfAnchor(addMonths("2026-01-01" as Day, n), anchorDay)).flatMap(
      (day) => {
        const known = asked.get(day) ?? daysAround(day, zone);
        asked.set(day, known);
        return known;
      },
    );
}

/** Charges an account at all of those moments, and tells the periods in the order they were charged in. */
function chargedPeriods(method: (typeof METHODS)[number], anchorDay: number, zone: string, days: readonly Day[]) {
  const begun = method === "anniversary" ? dayOfAnchor("2026-01-01" as Day, anchorDay) : BEGUN;
  let charged: ReadonlySet<string> = new Set();
  return days.flatMap((today) => {
    const snapshot: AccountSnapshot = {
      ...{ accountId: "account", anchorDay: method === "anniversary" ? 1 : anchorDay, availableMinor: 0n },
      subscriptions: [
        {
          ...{ accountId: "account", id: "s", tariffId: "home", quantity: 1, startedOn: begun, endedOn: null },
          ...{ term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
        },
      ],
      ...{ blocks: [], discounts: [], changes: [], charged, knownSince: toDay("2020-01-01"), lines: [] },
      ...{ dueLater: [], paymentTermDays: 14, blockDelayDays: 10 },
    };
    const { charges } = proposeAccount(snapshot, catalogs[method], today, zone);
    charged = new Set([...charged, ...charges.map((line) => chargeKey("s", 0, line.period.start, line.kind))]);
    return charges.map(({ period, amountMinor }) => ({ ...period, today, amountMinor }));
  });
}

describe.each(ZONES)("in %s, for anchors 1 to 31 and 48 months", (zone, hours) => {
  test("a midnight is where the zone has it, and the millisecond before it is the day before", () => {
    if (hours !== null) expect(startOfDay(BEGUN, zone)).toEqual(new Date(Date.UTC(2026, 0, 31, -hours)));
    for (let n = 0; n <= MONTHS * 31; n += 1) {
      const day = addDays(BEGUN, n);
      const [, before, at] = daysAround(day, zone);
      if (before !== addDays(day, -1) || at !== day) expect([before, at]).toEqual([addDays(day, -1), day]);
    }
  });

  test.each(METHODS)(
    "%s: periods tile, do not drift, and each is charged once, at the first moment of its day",
    (method) => {
      const looked = lookedAt(zone);
      for (const anchorDay of ANCHORS) {
        const periods = chargedPeriods(method, anchorDay, zone, looked(anchorDay));
        const told = `${zone}, ${method}, anchor ${anchorDay}`;
        // Of the first two months the account has a part or none, by its anchor.
        const whole = periods.filter(({ start }) => start >= "2026-03-01");
        expect(whole.length, told).toBeGreaterThanOrEqual(MONTHS - 3);
        for (const [n, { start, end, today, amountMinor }] of whole.entries()) {
          const next = whole[n + 1];
          const isRight =
            start === dayOfAnchor(`${start.slice(0, 7)}-01` as Day, anchorDay) &&
            end === dayOfAnchor(addMonths(`${start.slice(0, 7)}-01` as Day, 1), anchorDay) &&
            today === (method === "arrears" ? end : start) &&
            amountMinor === 600_00n &&
            (next === undefined || next.start === end);
          if (!isRight)
            expect({ told, start, end, today, amountMinor, next }).toBe("a whole month, charged once, on its day");
        }
      }
    },
  );
});
