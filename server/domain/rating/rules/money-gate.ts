import type { Minor } from "@/server/kernel/money";

/**
 * The prepaid gate: all of an account's due charges, or none of them. With too little money nothing is charged, the
 * service closes and no debt appears. Available = balance + credit limit.
 */
export function passesPrepaidGate(availableMinor: Minor, dueMinor: Minor): boolean {
  return dueMinor <= availableMinor;
}

/** What is missing to pass the gate; zero when it is passed. */
export function missingMinor(availableMinor: Minor, dueMinor: Minor): Minor {
  return dueMinor > availableMinor ? dueMinor - availableMinor : 0n;
}
