import type { LinkState } from "../constants";

/** A message that waits longer than this is not on its way, it is stuck. */
export const PATIENCE_MS = 120_000;

export interface LinkFacts {
  readonly waiting: number;
  readonly oldestAt: Date | null;
  readonly differences: number;
}

/** The worst that is true of a link: what differs outweighs what waits. */
export function linkState({ waiting, oldestAt, differences }: LinkFacts, now: Date): LinkState {
  if (differences > 0) return "differs";
  if (waiting === 0 || !oldestAt) return "in_step";
  return now.getTime() - oldestAt.getTime() > PATIENCE_MS ? "behind" : "catching_up";
}
