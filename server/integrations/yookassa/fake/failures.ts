import { z } from "zod";

/** What the fake provider does wrong on purpose. All off = a well-behaved provider. May be changed at any moment. */
export const FailuresSchema = z.object({
  /** Each webhook waits this long before it is sent. */
  delayMs: z.number().int().min(0),
  /** How many times each webhook is sent in all. */
  copies: z.number().int().min(1).max(100),
  /** Webhooks are put off by a seeded random part of this window, so they arrive out of order. */
  shuffleMs: z.number().int().min(0),
  /** Webhooks are never sent: only polling finds the payment. */
  loseWebhooks: z.boolean(),
  /** So many next creations happen and then answer 500. */
  createThenFail: z.number().int().min(0),
  /** So many next creations happen and then never answer. */
  createThenHang: z.number().int().min(0),
  /** So many next API calls do nothing and never answer. */
  hang: z.number().int().min(0),
});

export type Failures = z.infer<typeof FailuresSchema>;

export function noFailures(): Failures {
  return {
    delayMs: 0,
    copies: 1,
    shuffleMs: 0,
    loseWebhooks: false,
    createThenFail: 0,
    createThenHang: 0,
    hang: 0,
  };
}

/** Takes one from a counter of failures; true when there was one to take. */
export function takeFailure(failures: Failures, name: "createThenFail" | "createThenHang" | "hang"): boolean {
  if (failures[name] === 0) return false;
  failures[name] -= 1;
  return true;
}

/** Seeded randomness (mulberry32) in [0, 1): a run with the same seed shuffles the same way. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
