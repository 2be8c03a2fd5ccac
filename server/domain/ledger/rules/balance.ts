import type { Minor } from "@/server/kernel/money";
import { CUSTOMER } from "../constants";

export interface TwoSides {
  readonly debit: string;
  readonly credit: string;
  readonly amountMinor: Minor;
}

/** What a transfer does to the customer's balance: + when the customer is credited, − when debited, 0 otherwise. VAT moves with it. */
export function balanceEffect({ debit, credit, amountMinor }: TwoSides, vatMinor: Minor = 0n): Minor {
  if (credit === CUSTOMER) return amountMinor + vatMinor;
  return debit === CUSTOMER ? -amountMinor - vatMinor : 0n;
}

/** Money that may still be spent: the balance, the credit limit below zero and what temporary limits add to it. */
export function availableMinor(balanceMinor: Minor, creditLimitMinor: Minor, temporaryMinor: Minor): Minor {
  return balanceMinor + creditLimitMinor + temporaryMinor;
}
