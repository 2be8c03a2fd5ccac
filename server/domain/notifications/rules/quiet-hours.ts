import { addDays, dayIn, timeIn, timeOn } from "@/server/kernel/day";

/** Times of day, "21:00"; half-open: at `to` one may write again. `from` = `to` means there are none. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/**
 * The first moment at or after `at` that is not in the quiet hours of the zone. Hours that pass midnight (21:00–09:00) end on
 * the next day; where a zone moves its clocks, the wall clock is what counts.
 */
export function afterQuietHours(at: Date, { from, to }: QuietHours, zone: string): Date {
  if (from === to) return at;
  const time = timeIn(at, zone);
  const overnight = from > to;
  const quiet = overnight ? time >= from || time < to : time >= from && time < to;
  if (!quiet) return at;
  const day = dayIn(at, zone);
  return timeOn(overnight && time >= from ? addDays(day, 1) : day, to, zone);
}
