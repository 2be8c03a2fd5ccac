import { addDays, addMonths, type Day, dayIn, startOfDay } from "@/server/kernel/day";
import { type ClockStep, LONGEST_WAIT_MONTHS } from "../constants";

/** The last day that a step may come to; «to the next charge» stops earlier, where there is one. */
export function lastDayOf(step: ClockStep, today: Day): Day {
  switch (step) {
    case "day":
      return addDays(today, 1);
    case "month":
      return addMonths(today, 1);
    case "charge":
    case "year":
      return addMonths(today, LONGEST_WAIT_MONTHS);
  }
}

/**
 * When a copy is looked at on its way: where it stands, at the first moment of every day up to `lastDay`, as the daily charge
 * does, and whenever something begins or ends by itself, as the watches do. Ascending, each once.
 */
export function momentsOf(clockAt: Date, lastDay: Day, instants: readonly Date[], zone: string): Date[] {
  const moments = new Set([clockAt.getTime()]);
  for (let day = addDays(dayIn(clockAt, zone), 1); day <= lastDay; day = addDays(day, 1)) {
    moments.add(startOfDay(day, zone).getTime());
  }
  const end = startOfDay(lastDay, zone).getTime();
  for (const instant of instants) {
    const at = instant.getTime();
    if (at > clockAt.getTime() && at <= end) moments.add(at);
  }
  return [...moments].sort((a, b) => a - b).map((at) => new Date(at));
}
