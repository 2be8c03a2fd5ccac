import type { Day } from "@/server/kernel/day";
import { type Minor, maxMinor, minMinor } from "@/server/kernel/money";

export interface Due {
  readonly on: Day;
  readonly amountMinor: Minor;
}

/**
 * What is still owed of what has to be paid by given days. Money pays the oldest first, so of a negative balance the newest
 * dues are the unpaid ones: owed by a day = the debt less everything due later, and never more than was due by then. Days
 * that are paid for are left out; the sum of a day holds what is older and unpaid too.
 */
export function unpaidDues(balanceMinor: Minor, dues: readonly Due[]): Due[] {
  const unpaid: Due[] = [];
  const ordered = [...dues].sort((a, b) => (a.on < b.on ? -1 : 1));
  let later = ordered.reduce((sum, due) => sum + due.amountMinor, 0n);
  let byThen = 0n;
  for (const due of ordered) {
    byThen += due.amountMinor;
    later -= due.amountMinor;
    const amountMinor = minMinor(maxMinor(-balanceMinor - later, 0n), byThen);
    if (amountMinor > 0n) unpaid.push({ on: due.on, amountMinor });
  }
  return unpaid;
}
