import type { Minor } from "@/server/kernel/money";

/**
 * An exact part of a kopeck. A second of a minute has no decimal form, and a sum of such parts that is a half exactly has to
 * round up, so usage adds whole numerators and rounds once. `under` is above zero.
 */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export const ZERO: Fraction = { over: 0n, under: 1n };

export function fraction(over: bigint, under = 1n): Fraction {
  return { over, under };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return a.under === b.under
    ? { over: a.over + b.over, under: a.under }
    : { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { over: -b.over, under: b.under });
}

export function totalOf(parts: readonly Fraction[]): Fraction {
  return parts.reduce(plus, ZERO);
}

export function isAbove(a: Fraction, b: Fraction): boolean {
  return a.over * b.under > b.over * a.under;
}

/** Half-up, away from zero at exactly a half, as `roundToMinor`. */
export function rounded({ over, under }: Fraction): Minor {
  const size = over < 0n ? -over : over;
  const whole = (2n * size + under) / (2n * under);
  return over < 0n ? -whole : whole;
}

/** Kopecks as text, to four decimals at the most: "12.5", "0.3333". For people; sums are never read back from it. */
export function fractionText({ over, under }: Fraction): string {
  const scaled = rounded({ over: over * 10_000n, under });
  const size = scaled < 0n ? -scaled : scaled;
  const decimals = (size % 10_000n).toString().padStart(4, "0").replace(/0+$/, "");
  return `${scaled < 0n ? "-" : ""}${size / 10_000n}${decimals === "" ? "" : `.${decimals}`}`;
}
