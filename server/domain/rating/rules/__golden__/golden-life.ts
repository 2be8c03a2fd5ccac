import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, laterDay, startOfDay, toDay } from "@/server/kernel/day";
import { formatAmount, type Minor } from "@/server/kernel/money";
import { periodHolding } from "@/server/kernel/period";
import { changedTo } from "../apply-changes";
import { isUsage } from "../charge-key";
import { type AccountOutcome, proposeAccount } from "../propose-account";
import { afterUsage, type SubscriptionUsage } from "../usage-lines";
import { catalogOf, type GoldenCase, PLENTY, signed, snapshotOf, ZONE } from "./golden-case";
import { born, type Life, written } from "./life";

/** A case that is lived day by day: what comes of it depends on what was written before. */
export interface GoldenLife extends Omit<GoldenCase, "changeNow" | "paidOn" | "change"> {
  /** Changes at once, in their order; of the subscription that is named, else of the first one. */
  readonly changesNow?: readonly (readonly [day: string, tariff: string, of?: string])[];
  readonly pays?: readonly (readonly [day: string, sum: string])[];
  /** Credit for a time, `[sum, from, until]`: a temporary limit or a promised payment. */
  readonly limits?: readonly (readonly [sum: string, from: string, until: string])[];
  /** `[subscription, day, units]` of its first meter; known from another day on when one is said. */
  readonly used?: readonly (readonly [of: string, day: string, units: number, knownOn?: string])[];
}

/**
 * Lives a case as the daily charge does and every change does at once: `"2026-11-01 tv 200.00"`, `"… tv back 20.00"`, and when
 * money does not suffice and comes, `"… tv closed"`, `"… tv opened"`.
 */
export function lived(golden: GoldenLife): string[] {
  const { live, changesNow = [], pays = [] } = golden;
  const catalog = catalogOf({ ...golden, expect: [] });
  const told: string[] = [];
  let life = born(golden.money === undefined ? PLENTY : signed(golden.money));
  let taken: Taken = { records: new Set(), lines: new Map() };
  for (let day = toDay(live[0]); day < live[1]; day = addDays(day, 1)) {
    for (const [, sum] of pays.filter(([on]) => on === day)) {
      life = { ...life, availableMinor: life.availableMinor + signed(sum) };
    }
    const today = changesNow.filter(([on]) => on === day).length;
    for (let made = 0; made <= today; made += 1) {
      const rows = rowsOn(golden, day, made);
      const usage = usageOn(golden, rows, taken, day);
      const snapshot = {
        ...snapshotOf({ ...golden, expect: [] }, { before: false }),
        ...{ subscriptions: rows, charged: life.charged, lines: life.lines, dueLater: life.dueLater },
        availableMinor: life.availableMinor + limitOn(golden, day),
        blocks: [...blocksOn(golden, day), ...life.closed],
        ...(usage.length > 0 && { usage }),
      };
      const outcome = proposeAccount(snapshot, catalog, day, ZONE);
      told.push(...tellings(outcome, life, day));
      taken = takenAfter(golden, taken, usage, outcome, day);
      life = written(life, outcome, day, ZONE);
    }
  }
  return told;
}

function tellings({ charges, credits, refused, lift }: AccountOutcome, { closed }: Life, day: Day): string[] {
  const isClosed = (id: string) => closed.some((block) => block.subscriptionId === id && block.untilAt === null);
  return [
    ...charges
      .filter((line) => line.amountMinor > 0n)
      .map((line) => `${day} ${line.subscriptionId} ${formatAmount(line.amountMinor)}`),
    ...credits.map((credit) => `${day} ${credit.line.subscriptionId} back ${formatAmount(credit.amountMinor)}`),
    ...refused.filter((id) => !isClosed(id)).map((id) => `${day} ${id} closed`),
    ...lift.map((id) => `${day} ${id} opened`),
  ];
}

/** The subscriptions as they are known on a day, when so many of that day's changes are made: nobody knows an end before its day. */
function rowsOn(golden: GoldenLife, day: Day, made: number): readonly SubscriptionRow[] {
  const { subscriptions } = snapshotOf({ ...golden, expect: [] }, { before: false });
  const first = subscriptions[0]?.id;
  const before = (golden.changesNow ?? []).filter(([on]) => on < day);
  const now = (golden.changesNow ?? []).filter(([on]) => on === day).slice(0, made);
  return subscriptions
    .filter((row) => row.startedOn <= day)
    .map((row) => ({ ...row, endedOn: row.endedOn !== null && row.endedOn <= day ? row.endedOn : null }))
    .map((row) =>
      [...before, ...now]
        .filter(([, , of = first]) => of === row.id)
        .reduce((changed, [on, tariff]) => changedTo(changed, tariff, toDay(on)), row),
    );
}

const blocksOn = (golden: GoldenLife, day: Day) =>
  snapshotOf({ ...golden, expect: [] }, { before: false })
    .blocks.filter((block) => dayIn(block.fromAt, ZONE) <= day)
    .map((block) => (block.untilAt && block.untilAt <= startOfDay(day, ZONE) ? block : { ...block, untilAt: null }));

const limitOn = ({ limits = [] }: GoldenLife, day: Day): Minor =>
  limits.reduce((sum, [size, from, until]) => (from <= day && day < until ? sum + signed(size) : sum), 0n);

/** Records that lines have taken in, by their places, and the lines of usage by subscription. */
interface Taken {
  readonly records: ReadonlySet<number>;
  readonly lines: ReadonlyMap<string, SubscriptionUsage["lines"]>;
}

function usageOn(golden: GoldenLife, rows: readonly SubscriptionRow[], taken: Taken, today: Day): SubscriptionUsage[] {
  const { anchor = 1, used = [] } = golden;
  return rows
    .filter((row) => tariffsOf(golden)[row.tariffId]?.usage)
    .map((row) => {
      const known = used.flatMap(([of, on, units, knownOn = on], place) =>
        of === row.id && knownOn <= today
          ? [{ on: toDay(on), units: BigInt(units), isNew: !taken.records.has(place) }]
          : [],
      );
      const spans = Map.groupBy(known, ({ on }) => laterDay(periodHolding(on, anchor).start, row.startedOn));
      const meter = tariffsOf(golden)[row.tariffId]?.usage?.meters[0]?.meter ?? "";
      return {
        life: {
          ...{
            accountId: "account",
            subscriptionId: row.id,
            anchorDay: anchor,
            quantity: row.quantity,
            closedOn: null,
          },
          ...{ changes: [], terms: [] },
          present: { ...row, term: row.term },
        },
        firstNew:
          known
            .filter(({ isNew }) => isNew)
            .map(({ on }) => on)
            .sort()[0] ?? null,
        used: [...spans].map(([from, records]) => ({
          from,
          meters: [{ meter, units: records.map(({ units }) => units) }],
          hasNew: records.some(({ isNew }) => isNew),
        })),
        lines: taken.lines.get(row.id) ?? [],
      };
    });
}

const tariffsOf = ({ tariffs, tariff = { fee: "600.00" } }: GoldenLife) => tariffs ?? { home: tariff };

function takenAfter(
  { used = [] }: GoldenLife,
  taken: Taken,
  usage: readonly SubscriptionUsage[],
  { charges, credits }: AccountOutcome,
  today: Day,
): Taken {
  if (usage.length === 0) return taken;
  const spans = charges.filter(({ kind }) => isUsage(kind));
  const now = used.flatMap(([of, on, , knownOn = on], place) =>
    knownOn <= today &&
    spans.some((line) => line.subscriptionId === of && line.charged.from <= on && on < line.charged.to)
      ? [place]
      : [],
  );
  return {
    records: new Set([...taken.records, ...now]),
    lines: new Map(afterUsage(usage, charges, credits).map((one) => [one.life.subscriptionId, one.lines])),
  };
}
