import { addDays, addMonths, type Day, monthStart } from "@/server/kernel/day";
import { type Minor, maxMinor } from "@/server/kernel/money";
import type { Chance } from "./chance";
import type { Plan } from "./population";

/** What a payer means to have on the account when the payment is made. */
export type Aim = "one_period" | "three_periods" | "half" | { readonly exactMinor: Minor };

export interface PlannedPayment {
  readonly on: Day;
  readonly aim: Aim;
}

/** When and how somebody pays for the period that starts on `next`. */
export function plannedPayments(chance: Chance, plan: Plan, next: Day, today: Day): PlannedPayment[] {
  if (plan.lastPaymentMinor !== null) return toTheLast(plan.lastPaymentMinor, next, today);
  const before = (most: number) => addDays(next, -chance.between(1, most));
  const after = (most: number) => addDays(next, chance.between(0, most));
  switch (plan.habit) {
    case "early":
      if (chance.happens(0.02)) return [{ on: addDays(next, chance.between(15, 38)), aim: "one_period" }];
      return [{ on: chance.happens(0.04) ? after(5) : before(9), aim: "one_period" }];
    case "ahead":
      return [{ on: before(5), aim: "three_periods" }];
    case "late":
      return [{ on: chance.happens(0.65) ? before(3) : after(11), aim: "one_period" }];
    case "halves":
      return [
        { on: before(6), aim: "half" },
        { on: chance.happens(0.5) ? before(2) : after(9), aim: "one_period" },
      ];
    case "invoice":
      return [{ on: chance.happens(0.08) ? after(12) : before(10), aim: "one_period" }];
  }
}

/** Pays in full every time but for the period that holds today: a calendar month. */
function toTheLast(exactMinor: Minor, next: Day, today: Day): PlannedPayment[] {
  if (next > today) return [];
  return [{ on: addDays(next, -3), aim: next === monthStart(today) ? { exactMinor } : "one_period" }];
}

/** The sum of one payment, or zero when there is enough already. */
export function sumFor(aim: Aim, feeMinor: Minor, balanceMinor: Minor, roundToMinor: Minor): Minor {
  if (typeof aim !== "string") return aim.exactMinor;
  if (feeMinor === 0n || (aim !== "half" && balanceMinor >= feeMinor)) return 0n;
  const wanted = aim === "three_periods" ? feeMinor * 3n : aim === "half" ? feeMinor / 2n : feeMinor;
  const missing = maxMinor(wanted - balanceMinor, 0n);
  return ((missing + roundToMinor - 1n) / roundToMinor) * roundToMinor;
}

/** Somebody who stopped paying is let go after two months and a half. */
export const letGoOn = (stopsPayingOn: Day, place: number) => addDays(addMonths(stopsPayingOn, 2), 10 + (place % 25));
