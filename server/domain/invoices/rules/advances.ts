import type { Day } from "@/server/kernel/day";
import { type Minor, maxMinor, minMinor } from "@/server/kernel/money";
import { creditOf } from "./credit-of";

/** What of a payment came before any service: what is left of it when the debt that was there is paid. */
export function advancePart(balanceBeforeMinor: Minor, paidMinor: Minor): Minor {
  return maxMinor(0n, minMinor(paidMinor, paidMinor + balanceBeforeMinor));
}

export interface OpenAdvance {
  readonly paymentId: string;
  readonly receivedOn: Day;
  readonly vatPercent: number;
  readonly openMinor: Minor;
  readonly openVatMinor: Minor;
}

export interface AdvanceClosing {
  readonly paymentId: string;
  readonly vatPercent: number;
  readonly amountMinor: Minor;
  readonly vatMinor: Minor;
}

/**
 * What of the advances has been used: all that is open beyond the money the customer still has, the earliest advance first. Each
 * closes at its own rate, and the last part of one takes the VAT that is left of it.
 */
export function closeAdvances(open: readonly OpenAdvance[], unusedMinor: Minor): AdvanceClosing[] {
  const closings: AdvanceClosing[] = [];
  let used = open.reduce((sum, one) => sum + one.openMinor, 0n) - maxMinor(0n, unusedMinor);
  const earliestFirst = [...open].sort((a, b) =>
    a.receivedOn === b.receivedOn ? (a.paymentId < b.paymentId ? -1 : 1) : a.receivedOn < b.receivedOn ? -1 : 1,
  );
  for (const { paymentId, vatPercent, openMinor, openVatMinor } of earliestFirst) {
    if (used <= 0n) break;
    if (openMinor <= 0n) continue;
    const amountMinor = minMinor(used, openMinor);
    used -= amountMinor;
    const left = { amountMinor: openMinor, vatMinor: openVatMinor, vatPercent };
    closings.push({ paymentId, vatPercent, ...creditOf(left, [], amountMinor) });
  }
  return closings;
}
