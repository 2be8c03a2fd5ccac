/** Seconds until an open payment is asked about again: often while the payer is on the page, then ever more rarely. */
const STEPS_SECONDS = [5, 10, 20, 40, 60, 120, 300, 600, 1800, 3600] as const;

/** A payment page lives an hour at most; after three days of silence an operator looks. */
export const MAX_ASKS = 90;

/** Null when it is no longer asked about by itself. */
export function nextAskAt(asks: number, now: Date): Date | null {
  if (asks >= MAX_ASKS) return null;
  const seconds = STEPS_SECONDS[Math.min(asks, STEPS_SECONDS.length - 1)] ?? 3600;
  return new Date(now.getTime() + seconds * 1000);
}
