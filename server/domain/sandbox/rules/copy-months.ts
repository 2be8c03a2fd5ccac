import { addDays, addMonths, type Day, laterDay, monthStart } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";

/** What moved the copy's money on a day, all of a kind together; `effectMinor` is from the customer's side. */
export interface DayMovement {
  readonly on: Day;
  readonly kind: "charge" | "adjustment" | "payment";
  readonly effectMinor: Minor;
}

export interface CopyMonth {
  /** Its first day. */
  readonly month: Day;
  readonly chargedMinor: Minor;
  readonly creditedMinor: Minor;
  readonly paidMinor: Minor;
  /** At its end, or at the clock. */
  readonly balanceMinor: Minor;
}

export interface BalanceDay {
  readonly day: Day;
  readonly balanceMinor: Minor;
}

interface Lived {
  readonly copiedOn: Day;
  readonly clockOn: Day;
  readonly openingMinor: Minor;
  readonly movements: readonly DayMovement[];
}

/** Calendar months from the copy's first day to its clock. What is booked on an earlier day (arrears) counts on the first. */
export function monthsOf({ copiedOn, clockOn, openingMinor, movements }: Lived): CopyMonth[] {
  const byMonth = Map.groupBy(movements, (movement) => monthStart(laterDay(movement.on, copiedOn)));
  const months: CopyMonth[] = [];
  let balanceMinor = openingMinor;
  for (let month = monthStart(copiedOn); month <= clockOn; month = addMonths(month, 1)) {
    const of = (kind: DayMovement["kind"]) =>
      (byMonth.get(month) ?? []).reduce((sum, row) => sum + (row.kind === kind ? row.effectMinor : 0n), 0n);
    const [charged, creditedMinor, paidMinor] = [of("charge"), of("adjustment"), of("payment")];
    balanceMinor += charged + creditedMinor + paidMinor;
    months.push({ month, chargedMinor: -charged, creditedMinor, paidMinor, balanceMinor });
  }
  return months;
}

/** The balance at the end of every day the copy has lived. */
export function curveOf({ copiedOn, clockOn, openingMinor, movements }: Lived): BalanceDay[] {
  const byDay = new Map<Day, Minor>();
  for (const { on, effectMinor } of movements) {
    const day = laterDay(on, copiedOn);
    byDay.set(day, (byDay.get(day) ?? 0n) + effectMinor);
  }
  const curve: BalanceDay[] = [];
  let balanceMinor = openingMinor;
  for (let day = copiedOn; day <= clockOn; day = addDays(day, 1)) {
    balanceMinor += byDay.get(day) ?? 0n;
    curve.push({ day, balanceMinor });
  }
  return curve;
}
