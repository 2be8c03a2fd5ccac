const HOUR_MS = 3_600_000;

/** When a boost bought at `now` begins and ends: at once, or when the one that runs is over, so that no hour is paid twice. */
export function boostInterval(now: Date, hours: number, running: readonly { readonly untilAt: Date }[]) {
  const fromMs = running.reduce((latest, { untilAt }) => Math.max(latest, untilAt.getTime()), now.getTime());
  return { fromAt: new Date(fromMs), untilAt: new Date(fromMs + hours * HOUR_MS) };
}
