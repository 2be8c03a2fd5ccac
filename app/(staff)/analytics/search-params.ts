export type AnalyticsParams = Record<string, string | string[] | undefined>;

/** `?month=2026-11` as the month's first day; anything else is the current month. */
export function readMonth({ month }: AnalyticsParams): string | null {
  return typeof month === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? `${month}-01` : null;
}
