import { CommandError } from "@/server/cli/run-command";

/** Kopecks as a JSON number. A sum that would lose digits in one is a fault, not an approximation. */
export function kopecks(amount: bigint): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new CommandError(`${amount} kopecks do not fit a JSON number.`);
  }
  return Number(amount);
}
