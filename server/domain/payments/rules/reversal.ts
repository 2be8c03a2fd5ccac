import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";

interface Reversal {
  readonly amountMinor: Minor;
  readonly receivedOn: Day;
  readonly today: Day;
  readonly balanceMinor: Minor;
}

/**
 * Why a payment may not be taken back by the terminal that brought it; null when it may. Only on the day it came: that day's
 * register is not settled with the payment system yet. And only while the account still holds it: what was spent on a service
 * is the subscriber's debt to nobody but us.
 */
export function reversalRefusal({
  amountMinor,
  receivedOn,
  today,
  balanceMinor,
}: Reversal): "too_late" | "spent" | null {
  if (receivedOn !== today) return "too_late";
  return balanceMinor < amountMinor ? "spent" : null;
}
