import fc from "fast-check";
import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, daysBetween, startOfDay, toDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { longPeriodHolding } from "@/server/kernel/period";
import { changedTo } from "../apply-changes";
import { type AccountSnapshot, proposeAccount } from "../propose-account";
import type { ChargedLine } from "../true-up";
import { born, type Life, written } from "./life";

export const ZONE = "Europe/Moscow";
const START = toDay("2025-10-20");
export const RATE_CHANGES = toDay("2026-01-01");
export const DAYS = 200;
/** A block that never ends is settled with the longest period. */
const SETTLED_AFTER = 95;
const FEES: readonly Minor[] = [619_97n, 1_203_31n, 345_67n];

/** Every way to charge for days, and lengths of periods; what is paid for a part of one is by its days. */
const SHAPES = [
  { chargeMethod: "monthly", periodMonths: 1 },
  { chargeMethod: "monthly", periodMonths: 3 },
  { chargeMethod: "daily", periodMonths: 1 },
  { chargeMethod: "anniversary", periodMonths: 1 },
  { chargeMethod: "anniversary", periodMonths: 2 },
  { chargeMethod: "arrears", periodMonths: 1 },
  { chargeMethod: "arrears", periodMonths: 3 },
] as const;
const GATES = ["if_enough", "to_limit", "always"] as const;

export const TARIFFS = SHAPES.flatMap((shape, at) =>
  GATES.map((moneyGate) => ({
    ...{ ...shape, moneyGate, feeMinor: FEES[at % FEES.length] ?? 1n, dayRule: "connection_in" },
    ...{ prorationStart: "actual_days", prorationChange: "actual_days", prorationStop: "actual_days" },
    ...{ version: 1, newFrom: toDay("2020-01-01"), existingFrom: null, phases: [], maxCharges: null },
  })),
);
const catalogOf = (vatRates: Catalog["vatRates"]) =>
  ({
    tariffs: new Map(
      TARIFFS.map((price, at) => {
        const id = `t${at}`;
        return [id, { id, code: id, vatCode: "standard", revenueCode: "revenue:internet", prices: [price] }];
      }),
    ),
    bundles: [],
    vatRates,
  }) as unknown as Catalog;
const OLD_RATE = { code: "standard", validFrom: toDay("2019-01-01"), percent: 20 };
export const TWO_RATES = catalogOf([OLD_RATE, { code: "standard", validFrom: RATE_CHANGES, percent: 22 }]);

/** A subscription as it will have been: its tariffs, each from a day on, and the day it ends, which nobody knows before. */
interface Course {
  readonly id: string;
  readonly terms: readonly { readonly tariff: number; readonly from: number; readonly isPlanned: boolean }[];
  readonly to: number;
}
interface Pause {
  readonly of: number | null;
  readonly from: number;
  readonly to: number;
  readonly reason: "voluntary" | "administrative";
}
export interface Story {
  readonly courses: readonly Course[];
  readonly pauses: readonly Pause[];
  readonly anchorDay: number;
}

const courses = (tariffs: readonly number[], mostTerms: number) =>
  fc
    .array(
      fc.record({
        from: fc.integer({ min: 0, max: 100 }),
        lasts: fc.integer({ min: 0, max: 100 }),
        terms: fc.array(
          fc.record({
            tariff: fc.constantFrom(...tariffs),
            after: fc.integer({ min: 0, max: 45 }),
            isPlanned: fc.boolean(),
          }),
          { minLength: 1, maxLength: mostTerms },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((rows) =>
      rows.map(({ from, lasts, terms }, at): Course => {
        let on = from;
        const dated = terms.map(({ tariff, after, isPlanned }, place) => {
          if (place > 0) on += after;
          return { tariff, from: on, isPlanned: isPlanned && place > 0 && after > 0 };
        });
        const isOver = (term: { from: number }) => term.from > from && term.from >= from + lasts;
        return { id: `s${at}`, terms: dated.filter((term) => !isOver(term)), to: from + lasts };
      }),
    );
const pauses = fc
  .array(
    fc.record({
      of: fc.option(fc.integer({ min: 0, max: 2 })),
      from: fc.integer({ min: 0, max: 150 }),
      lasts: fc.integer({ min: 0, max: 50 }),
      reason: fc.constantFrom("voluntary" as const, "administrative" as const),
    }),
    { maxLength: 5 },
  )
  .map((rows) => rows.map(({ lasts, ...row }): Pause => ({ ...row, to: row.from + lasts })));
export const stories = (tariffs: readonly number[], mostTerms: number) =>
  fc.record({ courses: courses(tariffs, mostTerms), pauses, anchorDay: fc.integer({ min: 1, max: 31 }) });
export const EVERY_TARIFF = TARIFFS.map((_, at) => at);

const dayOf = (n: number) => addDays(START, n);

/**
 * The subscription as it is known on a day, when so many changes of that day have been made by somebody; a planned one is made by
 * charging itself, first of all.
 */
function rowOn(course: Course, n: number, made: number): SubscriptionRow | null {
  const [first, ...later] = course.terms;
  if (!first || first.from > n) return null;
  let row: SubscriptionRow = {
    ...{ accountId: "account", id: course.id, tariffId: `t${first.tariff}`, quantity: 1 },
    ...{ startedOn: dayOf(first.from), term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
    endedOn: course.to <= n ? dayOf(course.to) : null,
  };
  let left = made;
  for (const term of later) {
    if (term.from > n || (term.from === n && left === 0)) break;
    if (term.from === n && !term.isPlanned) left -= 1;
    row = changedTo(row, `t${term.tariff}`, dayOf(term.from));
  }
  return row;
}

const asBlock = ({ of, from, to, reason }: Pause, at: number, n: number): BlockRow => ({
  id: `b${at}`,
  subscriptionId: of === null ? null : `s${of}`,
  reason,
  fromAt: startOfDay(dayOf(from), ZONE),
  untilAt: to <= n ? startOfDay(dayOf(to), ZONE) : null,
});

function snapshotOf(story: Story, life: Life, n: number, made: number): AccountSnapshot {
  return {
    accountId: "account",
    anchorDay: story.anchorDay,
    availableMinor: life.availableMinor,
    subscriptions: story.courses.flatMap((course) => rowOn(course, n, made) ?? []),
    blocks: [
      ...story.pauses.flatMap((pause, at) => (pause.from <= n ? [asBlock(pause, at, n)] : [])),
      ...life.closed.filter((block) => block.fromAt <= startOfDay(dayOf(n), ZONE)),
    ],
    discounts: [],
    changes: story.courses.flatMap(({ id, terms }) =>
      terms.flatMap(({ tariff, from, isPlanned }, place) =>
        isPlanned && (from > n || (from === n && made === 0)) && terms.slice(0, place).every((one) => one.from < n)
          ? [{ id: `c${place}`, subscriptionId: id, toTariffId: `t${tariff}`, effectiveOn: dayOf(from) }]
          : [],
      ),
    ),
    charged: life.charged,
    knownSince: toDay("2020-01-01"),
    lines: life.lines,
    dueLater: life.dueLater,
    paymentTermDays: 14,
    blockDelayDays: 10,
  };
}

const LOOKED_AT = Array.from({ length: DAYS + 2 }, (_, n) => n);
const changesOn = (terms: Course["terms"], n: number) =>
  terms.slice(1).filter(({ from, isPlanned }) => from === n && !isPlanned).length;

/** What is asked of a day: the account before charging looked at it, and as it is when the outcome has been written. */
export type Look = (day: Day, before: AccountSnapshot, after: AccountSnapshot) => void;

/**
 * Lives an account day by day, as the daily charge does and every change does at once, until every subscription has ended; and
 * once more when its last period is over.
 */
export function live(story: Story, catalog: Catalog, money: ReadonlyMap<number, Minor>, look?: Look): Life {
  let life = born(0n);
  for (const n of [...LOOKED_AT, DAYS + SETTLED_AFTER]) {
    life = { ...life, availableMinor: life.availableMinor + (money.get(n) ?? 0n) };
    const changes = Math.max(...story.courses.map(({ terms }) => changesOn(terms, n)));
    for (let made = 0; made <= changes; made += 1) {
      const before = snapshotOf(story, life, n, made);
      life = written(life, proposeAccount(before, catalog, dayOf(n), ZONE), dayOf(n), ZONE);
      look?.(dayOf(n), before, snapshotOf(story, life, n, made));
    }
  }
  return life;
}
/** What a stretch of days under one tariff and in one of its periods comes to, worked out from the days that were served. */
export interface Due {
  readonly key: string;
  readonly subscriptionId: string;
  /** Charged before its days, or on them. */
  readonly isAhead: boolean;
  readonly lastServed: Day;
  readonly period: { readonly start: Day; readonly end: Day };
  readonly worthMinor: Minor;
}

const halfUp = (above: bigint, below: bigint) => (2n * above + below) / (2n * below);

/** The oracle knows no charging: it counts days on the fingers. */
export function dueOf({ courses: all, pauses: stops, anchorDay }: Story, closed: readonly BlockRow[]): Due[] {
  return all.flatMap(({ id, terms, to }, place) =>
    terms.flatMap((term, at) => {
      const price = TARIFFS[term.tariff];
      const until = Math.min(terms[at + 1]?.from ?? to, to);
      if (!price || until <= term.from) return [];
      const begun = dayOf(term.from);
      const anchor = price.chargeMethod === "anniversary" ? Number(begun.slice(8)) : anchorDay;
      const served = Array.from({ length: until - term.from }, (_, n) => term.from + n).filter(
        (n) =>
          !stops.some((pause) => (pause.of === null || pause.of === place) && pause.from <= n && n < pause.to) &&
          !closed.some(
            (block) =>
              block.subscriptionId === id &&
              dayIn(block.fromAt, ZONE) <= dayOf(n) &&
              (block.untilAt === null || dayOf(n) < dayIn(block.untilAt, ZONE)),
          ),
      );
      const periods = Map.groupBy(served, (n) => longPeriodHolding(dayOf(n), anchor, price.periodMonths, begun).start);
      return [...periods].map(([start, days]): Due => {
        const period = longPeriodHolding(start, anchor, price.periodMonths, begun);
        const of = BigInt(daysBetween(period.start, period.end));
        const upTo = (n: number) =>
          halfUp(price.feeMinor * BigInt(daysBetween(period.start, dayOf(n)) + 1), of) -
          halfUp(price.feeMinor * BigInt(daysBetween(period.start, dayOf(n))), of);
        return {
          key: `${id} term ${at} from ${period.start}`,
          lastServed: dayOf(days.at(-1) ?? term.from),
          subscriptionId: id,
          isAhead: price.chargeMethod !== "arrears",
          period,
          worthMinor:
            price.chargeMethod === "daily"
              ? days.reduce((sum, n) => sum + upTo(n), 0n)
              : halfUp(price.feeMinor * BigInt(days.length), of),
        };
      });
    }),
  );
}

/** The same of what was charged: lines less what was given back of them, those of nothing left out. */
export function keptOf({ courses: all, anchorDay }: Story, lines: readonly ChargedLine[]): Map<string, Minor> {
  const kept = new Map<string, Minor>();
  for (const line of lines) {
    const term = all.find(({ id }) => id === line.subscriptionId)?.terms[line.term];
    const price = TARIFFS[term?.tariff ?? -1];
    if (!term || !price) throw new Error("a line of nothing that there was");
    const begun = dayOf(term.from);
    const anchor = price.chargeMethod === "anniversary" ? Number(begun.slice(8)) : anchorDay;
    const { start } = longPeriodHolding(line.periodStart, anchor, price.periodMonths, begun);
    const key = `${line.subscriptionId} term ${line.term} from ${start}`;
    kept.set(key, (kept.get(key) ?? 0n) + line.amountMinor - line.creditedMinor);
  }
  return new Map([...kept].filter(([, minor]) => minor !== 0n));
}
