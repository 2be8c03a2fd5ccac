/** Addresses of the subscribers behind a figure. Months are "2026-11-01". */
const list = (params: Record<string, string | null>) =>
  `/crm?${new URLSearchParams(Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== null))}`;

export const chargedIn = (month: string) => list({ chargedIn: month.slice(0, 7) });
export const activeNow = () => list({ state: "active" });
export const startedIn = (month: string) => list({ startedFrom: month, startedTo: lastDay(month) });
export const endedIn = (month: string) => list({ endedFrom: month, endedTo: lastDay(month) });
/** Of those in force on the month's first day: who came and went within the month is not churn. */
export const churnedIn = (month: string, tariff: string | null = null) =>
  list({ endedFrom: month, endedTo: lastDay(month), startedTo: dayBefore(month), tariff });
export const endedOfTenure = (month: string, startedFrom: string | null, startedTo: string) =>
  list({ endedFrom: month, endedTo: lastDay(month), startedFrom, startedTo });

export function shiftMonth(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

const lastDay = (month: string) => dayBefore(shiftMonth(month, 1));

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
