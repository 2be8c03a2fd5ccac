import type { AccountOutcome, AccountSnapshot } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { RunFinding } from "../constants";
import { anomalyOf } from "./anomalies";
import { skipReason } from "./skip-reason";

/** What is known of an account's two months before the run adds to the later one. */
export interface MonthSums {
  readonly monthMinor: Minor;
  readonly lastMinor: Minor;
  readonly lines: number;
}

export interface Finding {
  readonly accountId: string;
  readonly finding: RunFinding;
  readonly reason: string;
  readonly amountMinor: Minor | null;
  readonly lastMinor: Minor | null;
}

export interface Change {
  readonly accountId: string;
  readonly monthMinor: Minor;
  readonly lastMinor: Minor;
}

export interface ChunkTally {
  readonly charged: number;
  readonly refused: number;
  readonly skipped: number;
  readonly parked: number;
  readonly lines: number;
  readonly chargedMinor: Minor;
  readonly creditedMinor: Minor;
  readonly monthMinor: Minor;
  readonly lastMinor: Minor;
  readonly skippedFor: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** Accounts whose month changes most, largest first; empty unless months were given. */
  readonly changes: readonly Change[];
}

export interface ChunkFacts {
  readonly rated: readonly { readonly snapshot: AccountSnapshot; readonly outcome: AccountOutcome }[];
  readonly parked: readonly { readonly accountId: string; readonly reason: string }[];
  /** Accounts of the scope that were closed by the run's day. */
  readonly closed: readonly string[];
  readonly asOf: Day;
  readonly zone: string;
  /** Asked for by a preview alone. */
  readonly months?: ReadonlyMap<string, MonthSums>;
}

/** How many largest changes a chunk keeps; a run shows as many of all its chunks'. */
export const TOP_CHANGES = 20;

const NO_MONTHS: MonthSums = { monthMinor: 0n, lastMinor: 0n, lines: 0 };
const sum = (rows: readonly { readonly amountMinor: Minor }[]) => rows.reduce((all, row) => all + row.amountMinor, 0n);

/** Counts a chunk: each account once, as charged (or given back), refused, skipped or parked, and says which of them a person should look at. */
export function tallyChunk({ rated, parked, closed, asOf, zone, months }: ChunkFacts): ChunkTally {
  const findings: Finding[] = [
    ...parked.map((one) => findingOf(one.accountId, "parked", one.reason)),
    ...closed.map((accountId) => findingOf(accountId, "skipped", "closed")),
  ];
  const skippedFor: Record<string, number> = closed.length > 0 ? { closed: closed.length } : {};
  const changes: Change[] = [];
  let [charged, refused, lines, chargedMinor, creditedMinor, monthMinor, lastMinor] = [0, 0, 0, 0n, 0n, 0n, 0n];
  for (const { snapshot, outcome } of rated) {
    const { accountId } = snapshot;
    const taken = sum(outcome.charges);
    const back = outcome.credits.length === 0 ? 0n : sum(outcome.credits);
    lines += outcome.charges.length;
    chargedMinor += taken;
    creditedMinor += back;
    const isRefused = outcome.refused.length > 0;
    let skip: string | null = null;
    if (isRefused) {
      const leftMinor = outcome.dueMinor - taken;
      findings.push({
        ...findingOf(accountId, "refused", leftMinor > 0n ? "no_money" : "overdue"),
        amountMinor: leftMinor,
      });
    }
    if (outcome.charges.length + outcome.credits.length > 0) charged += 1;
    else if (isRefused) refused += 1;
    else {
      skip = skipReason(snapshot, asOf, zone);
      skippedFor[skip] = (skippedFor[skip] ?? 0) + 1;
      if (skip !== "already_charged") findings.push(findingOf(accountId, "skipped", skip));
    }
    if (!months) continue;
    const known = months.get(accountId) ?? NO_MONTHS;
    const month = known.monthMinor + taken - back;
    monthMinor += month;
    lastMinor += known.lastMinor;
    const anomaly = anomalyOf({
      monthMinor: month,
      lastMinor: known.lastMinor,
      lines: known.lines + outcome.charges.length,
      isServed: skip === null || skip === "already_charged" || skip === "nothing_due",
      isRefused,
    });
    if (anomaly) {
      const found = findingOf(accountId, "anomaly", anomaly);
      findings.push({ ...found, amountMinor: month, lastMinor: known.lastMinor });
    }
    if (month !== known.lastMinor) changes.push({ accountId, monthMinor: month, lastMinor: known.lastMinor });
  }
  return {
    charged,
    refused,
    skipped: closed.length + rated.length - charged - refused,
    parked: parked.length,
    lines,
    chargedMinor,
    creditedMinor,
    monthMinor,
    lastMinor,
    skippedFor,
    findings,
    changes: largestChanges(changes),
  };
}

function findingOf(accountId: string, finding: RunFinding, reason: string): Finding {
  return { accountId, finding, reason, amountMinor: null, lastMinor: null };
}

const sizeOf = ({ monthMinor, lastMinor }: Change) =>
  monthMinor > lastMinor ? monthMinor - lastMinor : lastMinor - monthMinor;

/** The largest of many, largest first; equal ones in the order of their ids. */
export function largestChanges(changes: readonly Change[]): Change[] {
  return [...changes]
    .sort((a, b) => {
      const [one, other] = [sizeOf(a), sizeOf(b)];
      return one === other ? (a.accountId < b.accountId ? -1 : 1) : one > other ? -1 : 1;
    })
    .slice(0, TOP_CHANGES);
}
