/** Basis points (1 % = 100) of `part` in `whole`, half-up; null when there is nothing to divide by. */
export function shareBp(part: number | bigint, whole: number | bigint): number | null {
  const [a, b] = [BigInt(part), BigInt(whole)];
  if (b === 0n) return null;
  const doubled = (a * 20_000n) / b;
  return Number((doubled + (doubled < 0n ? -1n : 1n)) / 2n);
}

/** Growth from `before` to `now` in basis points; null when there was nothing before. */
export function growthBp(now: bigint, before: bigint): number | null {
  return before === 0n ? null : shareBp(now - before, before);
}
