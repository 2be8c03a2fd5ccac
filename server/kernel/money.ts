import { Decimal } from "./decimal";
import { assertInvariant, DomainError } from "./errors";

/**
 * Posted money: whole minor units (kopecks) as `bigint`. Fractions of a kopeck exist only as `Decimal`
 * inside rules and end in `roundToMinor`, once per line.
 */
export type Minor = bigint;
export const CURRENCIES = ["RUB"] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Half-up, away from zero at exactly .5 (10.5 → 11, −10.5 → −11): the only rounding of money. */
export function roundToMinor(value: Decimal): Minor {
  return BigInt(value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0));
}

/** A share of `amountMinor` as an exact decimal, still to be rounded. Throws `invariant` on a zero denominator. */
export function fractionOf(amountMinor: Minor, numerator: number | bigint, denominator: number | bigint): Decimal {
  assertInvariant(BigInt(denominator) !== 0n, "money.zero_denominator");
  return new Decimal(amountMinor.toString()).times(numerator.toString()).div(denominator.toString());
}

/**
 * `amountMinor × numerator ÷ denominator`, half-up, for a sum that is not negative: what `roundToMinor(fractionOf(…))`
 * gives, in whole numbers alone, which is what bulk rating can afford. Throws `invariant` on anything else.
 */
export function shareOf(amountMinor: Minor, numerator: number, denominator: number): Minor {
  assertInvariant(amountMinor >= 0n && numerator >= 0 && denominator > 0, "money.share_not_positive");
  const whole = 2n * BigInt(denominator);
  return (2n * amountMinor * BigInt(numerator) + BigInt(denominator)) / whole;
}

/**
 * Splits a sum by weights with the largest remainder, so that the parts add up to the sum exactly.
 * Ties go to the earlier part. All weights zero = equal weights. Throws `invalid` on no parts or a negative weight.
 */
export function allocate(amountMinor: Minor, weights: readonly bigint[]): Minor[] {
  if (weights.length === 0) throw new DomainError("invalid", "money.no_parts");
  if (weights.some((weight) => weight < 0n)) throw new DomainError("invalid", "money.negative_weight");
  const given = weights.reduce((sum, weight) => sum + weight, 0n);
  const used = given === 0n ? weights.map(() => 1n) : weights;
  const total = given === 0n ? BigInt(weights.length) : given;
  const sign = amountMinor < 0n ? -1n : 1n;
  const size = amountMinor * sign;
  const parts = used.map((weight, index) => ({
    index,
    floor: (size * weight) / total,
    remainder: (size * weight) % total,
  }));
  let left = size - parts.reduce((sum, part) => sum + part.floor, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left === 0n) break;
    part.floor += 1n;
    left -= 1n;
  }
  return parts.map((part) => part.floor * sign);
}

const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;

/** "1000.5" → 100050n. Throws `invalid` (`money.malformed`) on anything else: grouping, commas, a third decimal. */
export function parseAmount(text: string): Minor {
  const match = AMOUNT.exec(text);
  if (!match) throw new DomainError("invalid", "money.malformed");
  const size = BigInt(match[2] ?? "0") * 100n + BigInt((match[3] ?? "").padEnd(2, "0"));
  return match[1] === "-" ? -size : size;
}

/** 100050n → "1000.50": the form of APIs and files, never of screens. */
export function formatAmount(amountMinor: Minor): string {
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  const text = `${size / 100n}.${(size % 100n).toString().padStart(2, "0")}`;
  return amountMinor < 0n ? `-${text}` : text;
}

/** 195050n → "1 950,50 ₽", with no-break spaces: for texts in Russian that others print (a receipt, a payment page). */
export function formatRubles(amountMinor: Minor): string {
  const [whole = "", kopecks = ""] = formatAmount(amountMinor).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0")},${kopecks}\u00a0₽`;
}

/** Up to a whole ruble, as a recommended payment is shown and asked for. Zero or less stays zero. */
export function ceilToMajor(amountMinor: Minor): Minor {
  return amountMinor <= 0n ? 0n : ((amountMinor + 99n) / 100n) * 100n;
}

export function minMinor(a: Minor, b: Minor): Minor {
  return a < b ? a : b;
}
export function maxMinor(a: Minor, b: Minor): Minor {
  return a > b ? a : b;
}
