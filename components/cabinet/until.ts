import type { CabinetHome } from "./cabinet-types";

export type Until =
  | { kind: "until" | "starts"; day: string }
  | { kind: "untilThenShort"; day: string; amountMinor: bigint }
  | { kind: "missing" | "debt"; amountMinor: bigint }
  | { kind: "untilLong" | "paused" | "nothing" | "free" | "closed" | "settling" };

/** Billing looks two years ahead and no further. */
const LONG_PERIODS = 24n;

/** The one sentence under the balance: how far the money reaches, or why that is not the question. */
export function untilOf({ money, service }: Pick<CabinetHome, "money" | "service">): Until {
  const { missingMinor, periodFeeMinor, paidUntil, balanceMinor, creditLimitMinor } = money;
  switch (service.kind) {
    case "terminated":
      return missingMinor > 0n ? { kind: "debt", amountMinor: missingMinor } : { kind: "closed" };
    case "none":
      return missingMinor > 0n ? { kind: "debt", amountMinor: missingMinor } : { kind: "nothing" };
    case "notStarted":
      return { kind: "starts", day: service.on };
    case "administrative":
    case "voluntary":
      return { kind: "paused" };
    case "financial":
      return { kind: "missing", amountMinor: service.missingMinor };
    default:
      if (periodFeeMinor === 0n) return { kind: "free" };
      if (balanceMinor + creditLimitMinor >= periodFeeMinor * LONG_PERIODS) return { kind: "untilLong" };
      if (!paidUntil) return { kind: "settling" };
      return missingMinor > 0n
        ? { kind: "untilThenShort", day: paidUntil, amountMinor: missingMinor }
        : { kind: "until", day: paidUntil };
  }
}

/** Nobody is asked to pay into a contract that is closed and owes nothing. */
export function canTopUp({ service, money }: Pick<CabinetHome, "money" | "service">): boolean {
  return service.kind !== "terminated" || money.missingMinor > 0n;
}
