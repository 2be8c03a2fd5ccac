const MINUTE_MS = 60_000;
/** After the first try, the second, … */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 360 * MINUTE_MS];

/** How long to wait after the n-th try that was not taken; null when it has been tried often enough. */
export function retryDelayMs(attempts: number): number | null {
  return PAUSES_MS[attempts - 1] ?? null;
}
