import type { Minor } from "@/server/kernel/money";
import { ANOMALY_LINES, ANOMALY_PERCENT, type Anomaly } from "../constants";

/** An account's month as it would be, beside the one before; charges less what was given back. */
export interface MonthFigures {
  readonly monthMinor: Minor;
  readonly lastMinor: Minor;
  readonly lines: number;
  /** Something should have been charged: a subscription is in force and nothing stops it. */
  readonly isServed: boolean;
  /** Money did not suffice, which is told apart. */
  readonly isRefused: boolean;
}

/** What in a month a person should look at, or null. Of several, the gravest. */
export function anomalyOf({ monthMinor, lastMinor, lines, isServed, isRefused }: MonthFigures): Anomaly | null {
  if (monthMinor < 0n) return "negative";
  if (lines > ANOMALY_LINES) return "many_lines";
  if (isRefused) return null;
  if (monthMinor === 0n) return isServed ? "zero" : null;
  if (lastMinor <= 0n) return null;
  const change = (monthMinor - lastMinor) * 100n;
  const bound = lastMinor * BigInt(ANOMALY_PERCENT);
  if (change > bound) return "up";
  return change < -bound ? "down" : null;
}
