import { addDays, type Day, daysBetween, earlierDay, laterDay } from "@/server/kernel/day";
import type { Period } from "@/server/kernel/period";
import type { BlockedDays } from "./blocked-days";

export interface ChargedDays {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
}

/**
 * The days of `period` that a subscription is charged for: from its start (that day counts) to its end (that day does
 * not), less the union of its blocks. Null when none is left.
 */
export function chargedDays(
  period: Period,
  startedOn: Day,
  endedOn: Day | null,
  blocked: readonly BlockedDays[],
): ChargedDays | null {
  let from = laterDay(period.start, startedOn);
  let to = endedOn ? earlierDay(period.end, endedOn) : period.end;
  if (from >= to) return null;
  if (blocked.length === 0) return { from, to, days: daysBetween(from, to) };
  let lost = 0;
  let reached = from;
  for (const block of [...blocked].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const start = laterDay(block.start, reached);
    const end = earlierDay(block.end, to);
    if (start >= end) continue;
    lost += daysBetween(start, end);
    reached = end;
  }
  const days = daysBetween(from, to) - lost;
  if (days === 0) return null;
  while (isBlocked(from, blocked)) from = addDays(from, 1);
  while (isBlocked(addDays(to, -1), blocked)) to = addDays(to, -1);
  return { from, to, days };
}

function isBlocked(day: Day, blocked: readonly BlockedDays[]): boolean {
  return blocked.some((block) => day >= block.start && day < block.end);
}
