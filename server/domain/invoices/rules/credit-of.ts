import { vatInside } from "@/server/domain/catalog";
import { DomainError } from "@/server/kernel/errors";
import { type Minor, maxMinor, minMinor } from "@/server/kernel/money";

export interface Gross {
  /** Kopecks, VAT inside. */
  readonly amountMinor: Minor;
  readonly vatMinor: Minor;
}

/** What is left of a line after everything that was given back of it. */
export function restOf(line: Gross, given: readonly Gross[]): Gross {
  return {
    amountMinor: given.reduce((rest, one) => rest - one.amountMinor, line.amountMinor),
    vatMinor: given.reduce((rest, one) => rest - one.vatMinor, line.vatMinor),
  };
}

/**
 * The next credit of a line: `wantedMinor` of it, or all that is left when null. Its VAT is that of its sum at the line's own
 * rate; the last one takes what VAT is left, so that all credits together are the line to the kopeck, and none takes so much
 * or so little that the rest could not be given back.
 *
 * Throws `precondition` (`correction.nothing_left`, `correction.exceeds_line` with the kopecks that are left).
 */
export function creditOf(
  line: Gross & { readonly vatPercent: number },
  given: readonly Gross[],
  wantedMinor: Minor | null,
): Gross {
  const left = restOf(line, given);
  if (left.amountMinor <= 0n) throw new DomainError("precondition", "correction.nothing_left");
  const amountMinor = wantedMinor ?? left.amountMinor;
  if (amountMinor > left.amountMinor)
    throw new DomainError("precondition", "correction.exceeds_line", { leftMinor: left.amountMinor.toString() });
  const least = maxMinor(0n, left.vatMinor - (left.amountMinor - amountMinor));
  const most = minMinor(left.vatMinor, amountMinor);
  const vatMinor = minMinor(most, maxMinor(least, vatInside(amountMinor, line.vatPercent)));
  return { amountMinor, vatMinor: amountMinor === left.amountMinor ? left.vatMinor : vatMinor };
}
