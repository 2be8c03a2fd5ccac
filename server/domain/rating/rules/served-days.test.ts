import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import {
  DAYS,
  type Due,
  dueOf,
  EVERY_TARIFF,
  keptOf,
  live,
  RATE_CHANGES,
  stories,
  TARIFFS,
  TWO_RATES,
  ZONE,
} from "./__golden__/account-story";
import { type AccountOutcome, proposeAccount } from "./propose-account";

/** Debts of one day and one sum, whose turn nothing but their subscriptions can tell. */
const POSTPAID_ALONE = TARIFFS.flatMap(({ chargeMethod, moneyGate }, at) =>
  chargeMethod === "monthly" && moneyGate === "always" ? [at] : [],
);
const PLENTY = new Map([[0, 100_000_000_00n]]);
const payments = fc
  .array(fc.tuple(fc.integer({ min: 0, max: DAYS }), fc.bigInt({ min: 1n, max: 3_000_00n })), { maxLength: 6 })
  .map((pairs) => new Map(pairs));
/** Two hundred days of every account take their time on a slow machine. */
const TIMEOUT_MS = 120_000;

describe("whatever tariffs, pauses and ends a subscription has", { timeout: TIMEOUT_MS }, () => {
  test("every served day is charged, exactly once, and no other", () => {
    fc.assert(
      fc.property(stories(EVERY_TARIFF, 4), (story) => {
        const { lines, closed } = live(story, TWO_RATES, PLENTY);
        expect(closed).toEqual([]);
        const [kept, due] = [keptOf(story, lines), dueOf(story, [])];
        expect(wrong(kept, due)).toEqual([]);
        expect(due.filter(({ key, worthMinor }) => worthMinor > 0n && !kept.has(key))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("with too little money no day is charged that was not served, and none is served ahead that is not charged", () => {
    fc.assert(
      fc.property(stories(EVERY_TARIFF, 4), payments, (story, money) => {
        const { lines, closed } = live(story, TWO_RATES, money);
        const [kept, due] = [keptOf(story, lines), dueOf(story, closed)];
        expect(wrong(kept, due)).toEqual([]);
        // What is paid for afterwards may have been served and be refused: then it is closed from that day on.
        const served = due.filter(({ key, worthMinor }) => worthMinor > 0n && !kept.has(key));
        expect(served.filter(({ isAhead }) => isAhead)).toEqual([]);
        for (const { key, subscriptionId, lastServed } of served) {
          const closings = closed.filter((block) => block.subscriptionId === subscriptionId);
          expect([key, closings.some((block) => dayIn(block.fromAt, ZONE) > lastServed)]).toEqual([key, true]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("a second look on the same day, with what the first one wrote, proposes nothing", () => {
    fc.assert(
      fc.property(stories(EVERY_TARIFF, 4), payments, (story, money) => {
        live(story, TWO_RATES, money, (day, _, after) => {
          const { charges, credits, lift } = proposeAccount(after, TWO_RATES, day, ZONE);
          expect({ day, charges, credits, lift }).toEqual({ day, charges: [], credits: [], lift: [] });
        });
      }),
      { numRuns: 100 },
    );
  });

  test("the order in which its subscriptions, blocks, changes, lines and debts are given does not matter to anything of the outcome", () => {
    fc.assert(
      fc.property(
        fc.oneof(stories(EVERY_TARIFF, 4), stories(POSTPAID_ALONE, 2)),
        payments,
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        (story, money, seed) => {
          live(story, TWO_RATES, money, (day, snapshot) => {
            const shuffledOne = {
              ...snapshot,
              subscriptions: inTurns(snapshot.subscriptions, seed),
              blocks: shuffled(snapshot.blocks, seed),
              changes: shuffled(snapshot.changes, seed),
              lines: shuffled(snapshot.lines, seed),
              dueLater: shuffled(snapshot.dueLater, seed),
            };
            const outcome = proposeAccount(snapshot, TWO_RATES, day, ZONE);
            expect(canonical(proposeAccount(shuffledOne, TWO_RATES, day, ZONE))).toEqual(canonical(outcome));
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** What stays charged and is not what was served. A period whose rate of VAT changes is two lines, each rounded when days of it are lost. */
function wrong(kept: ReadonlyMap<string, Minor>, due: readonly Due[]) {
  const expected = new Map(due.map((one) => [one.key, one]));
  return [...kept].flatMap(([key, minor]) => {
    const one = expected.get(key);
    const worthMinor = one?.worthMinor ?? 0n;
    const isTwoLines = one !== undefined && one.period.start < RATE_CHANGES && RATE_CHANGES < one.period.end;
    const offMinor = minor > worthMinor ? minor - worthMinor : worthMinor - minor;
    return offMinor <= (isTwoLines ? 1n : 0n) ? [] : [{ key, minor, worthMinor }];
  });
}

/** In another order, the same one for a seed. */
function shuffled<T>(rows: readonly T[], seed: number): T[] {
  return rows
    .map((row, place) => ({ row, at: Math.imul(((place + 1) * 0x9e3779b1) ^ seed, 0x85ebca6b) >>> 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

/** Those that are charged down to the limit keep their turns, which are their right; the others stand anywhere among them. */
function inTurns(rows: readonly SubscriptionRow[], seed: number): SubscriptionRow[] {
  const hasTurn = (row: SubscriptionRow) => TARIFFS[Number(row.tariffId.slice(1))]?.moneyGate === "to_limit";
  const turns = rows.filter(hasTurn);
  return shuffled(rows, seed).map((row) => (hasTurn(row) ? (turns.shift() ?? row) : row));
}

function canonical({ charges, credits, refused, lift, ...sums }: AccountOutcome): unknown {
  const texts = (rows: readonly unknown[]) =>
    rows.map((row) => JSON.stringify(row, (_, value) => (typeof value === "bigint" ? `${value}` : value))).sort();
  return { ...sums, charges: texts(charges), credits: texts(credits), refused: texts(refused), lift: texts(lift) };
}
