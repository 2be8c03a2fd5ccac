/** The calendar day so many days on, "2026-12-01" and 7 → "2026-12-08". */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
