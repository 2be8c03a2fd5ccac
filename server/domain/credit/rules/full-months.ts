import { addMonths, type Day } from "@/server/kernel/day";

/** Whole months from one day to another; a month that began on the 31st is whole at the end of a shorter one. Not below zero. */
export function fullMonths(from: Day, to: Day): number {
  const apart =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return Math.max(0, addMonths(from, apart) > to ? apart - 1 : apart);
}
