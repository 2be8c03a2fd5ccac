import type { DayRule } from "@/server/domain/catalog";
import type { BlockRow } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, startOfDay } from "@/server/kernel/day";
import type { Period } from "@/server/kernel/period";

/** Days a block took away, half-open. */
export type BlockedDays = Period;

/** Whether the block is in force on `today`: it has begun, and it does not end today or before. */
export function isOpenOn(block: BlockRow, today: Day, zone: string): boolean {
  return dayIn(block.fromAt, zone) <= today && (block.untilAt === null || dayIn(block.untilAt, zone) > today);
}

/**
 * The days that blocks take from what is charged, known by `today`: an open one counts up to yesterday, since today is the day
 * it ends if money comes, and one that is planned has taken nothing yet.
 *
 * The rule says what becomes of the days on which a block begins and ends (domain.md §2, "is this day charged"). A financial
 * block goes by whole days whatever the rule: the day of payment is charged, the day of closing is not.
 */
export function blockedDays(blocks: readonly BlockRow[], rule: DayRule, today: Day, zone: string): BlockedDays[] {
  return blocks.flatMap((block) => {
    const whole = rule === "connection_in" || block.reason === "financial";
    const start = whole ? dayIn(block.fromAt, zone) : firstFullDay(block.fromAt, zone);
    const ended = block.untilAt !== null && dayIn(block.untilAt, zone) <= today;
    const end =
      ended && block.untilAt
        ? rule === "at_midnight" && !whole
          ? firstFullDay(block.untilAt, zone)
          : dayIn(block.untilAt, zone)
        : today;
    return start < end ? [{ start, end }] : [];
  });
}

/** The first day whose midnight is not before `instant`. */
function firstFullDay(instant: Date, zone: string): Day {
  const day = dayIn(instant, zone);
  return startOfDay(day, zone).getTime() === instant.getTime() ? day : addDays(day, 1);
}
