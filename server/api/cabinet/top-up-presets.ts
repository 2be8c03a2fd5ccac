import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR } from "@/server/domain/payments";
import type { NextCharge } from "@/server/domain/runs";
import { ceilToMajor, type Minor, maxMinor } from "@/server/kernel/money";

export type PresetKind = "missing" | "debt" | "month" | "quarter" | "plain";
export interface Preset {
  readonly kind: PresetKind;
  readonly amountMinor: Minor;
}

/** For an account that nothing is charged to: round sums that people pay. */
const PLAIN: readonly Minor[] = [300_00n, 500_00n, 1_000_00n];

/** What a screen of 390 px has room for, beside one's own sum. */
const MOST = 3;

/**
 * Sums worth offering, in whole rubles, each once, the best first: what is owed against a promise, exactly what
 * is missing, a month, three months.
 * Nothing that the payment verb would refuse is offered.
 */
export function topUpPresets(
  money: Pick<NextCharge, "missingMinor" | "recommendedMinor" | "chargeMinor" | "periodFeeMinor">,
  promisedMinor: Minor = 0n,
): Preset[] {
  const presets: Preset[] = [];
  if (promisedMinor > 0n) {
    presets.push({ kind: "debt", amountMinor: maxMinor(ceilToMajor(promisedMinor), MIN_PAYMENT_MINOR) });
  }
  if (money.missingMinor > 0n) {
    const kind = money.chargeMinor > 0n ? "missing" : "debt";
    presets.push({ kind, amountMinor: maxMinor(money.recommendedMinor, MIN_PAYMENT_MINOR) });
  }
  const monthMinor = ceilToMajor(money.periodFeeMinor);
  if (monthMinor > 0n) {
    presets.push({ kind: "month", amountMinor: maxMinor(monthMinor, MIN_PAYMENT_MINOR) });
    presets.push({ kind: "quarter", amountMinor: maxMinor(ceilToMajor(money.periodFeeMinor * 3n), MIN_PAYMENT_MINOR) });
  }
  if (presets.length === 0) presets.push(...PLAIN.map((amountMinor) => ({ kind: "plain" as const, amountMinor })));
  const fitting = presets.filter(
    (preset, index) =>
      preset.amountMinor <= MAX_PAYMENT_MINOR &&
      presets.findIndex((other) => other.amountMinor === preset.amountMinor) === index,
  );
  return fitting.slice(0, MOST);
}
