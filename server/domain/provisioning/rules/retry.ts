import { OUT_OF_STEP_MS } from "../constants";

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** How long to wait after the n-th failed attempt: 1 s, 2 s, 4 s … at most a minute. A link that heals is noticed soon. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(Math.max(attempts, 1) - 1, 16), LONGEST_MS);
}

export function isOutOfStep(startedAt: Date, now: Date): boolean {
  return now.getTime() - startedAt.getTime() > OUT_OF_STEP_MS;
}
