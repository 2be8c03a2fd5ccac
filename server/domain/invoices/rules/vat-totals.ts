import type { Minor } from "@/server/kernel/money";

export interface VatTotal {
  readonly vatPercent: number;
  /** VAT inside. */
  readonly amountMinor: Minor;
  readonly vatMinor: Minor;
}

/** Sums by rate, the highest rate first: they add up to the document, because the lines do. */
export function vatTotals(lines: readonly VatTotal[]): VatTotal[] {
  const totals = new Map<number, { vatPercent: number; amountMinor: Minor; vatMinor: Minor }>();
  for (const { vatPercent, amountMinor, vatMinor } of lines) {
    const total = totals.get(vatPercent) ?? { vatPercent, amountMinor: 0n, vatMinor: 0n };
    total.amountMinor += amountMinor;
    total.vatMinor += vatMinor;
    totals.set(vatPercent, total);
  }
  return [...totals.values()].sort((a, b) => b.vatPercent - a.vatPercent);
}
