import type { Minor } from "@/server/kernel/money";
import type { ProposedCharge } from "./due-lines";

/**
 * The prepaid gate: all of an account's due charges, or none of them. With too little money nothing is charged, the
 * service closes and no debt appears. Available = balance + limits in force.
 */
export function passesPrepaidGate(availableMinor: Minor, dueMinor: Minor): boolean {
  return dueMinor <= availableMinor;
}

/** What is missing to pass the gate; zero when it is passed. */
export function missingMinor(availableMinor: Minor, dueMinor: Minor): Minor {
  return dueMinor > availableMinor ? dueMinor - availableMinor : 0n;
}

export interface GateAnswer {
  readonly taken: readonly ProposedCharge[];
  readonly refused: readonly ProposedCharge[];
}

/**
 * Which of an account's due lines are charged, in this order:
 *
 * - `always`: whatever there is; such a debt is due later, so it takes nothing from what the others may spend;
 * - `if_enough`: all of them or none;
 * - `to_limit`: one by one, in the order given, each only if there is room for it down to the limit. Lines of one period, which a
 *   new rate of VAT has parted, are one to it.
 */
export function passGate(lines: readonly ProposedCharge[], availableMinor: Minor): GateAnswer {
  const [only] = lines;
  if (lines.length === 1 && only) {
    const passes = only.gate === "always" || passesPrepaidGate(availableMinor, only.amountMinor);
    return passes ? { taken: lines, refused: [] } : { taken: [], refused: lines };
  }
  const taken = lines.filter((line) => line.gate === "always");
  const refused: ProposedCharge[] = [];
  let left = availableMinor;
  const prepaid = lines.filter((line) => line.gate === "if_enough");
  const dueMinor = sumOf(prepaid);
  if (passesPrepaidGate(left, dueMinor)) {
    taken.push(...prepaid);
    left -= dueMinor;
  } else refused.push(...prepaid);
  const limited = lines.filter((line) => line.gate === "to_limit");
  for (const period of Map.groupBy(limited, periodOfLine).values()) {
    const periodMinor = sumOf(period);
    if (passesPrepaidGate(left, periodMinor)) {
      taken.push(...period);
      left -= periodMinor;
    } else refused.push(...period);
  }
  return { taken, refused };
}

const periodOfLine = ({ subscriptionId, term, kind, period }: ProposedCharge) =>
  `${subscriptionId} ${term} ${kind} ${period.end}`;

export function sumOf(lines: readonly { readonly amountMinor: Minor }[]): Minor {
  return lines.reduce((sum, line) => sum + line.amountMinor, 0n);
}
