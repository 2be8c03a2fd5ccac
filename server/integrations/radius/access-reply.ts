import type { NetworkView } from "@/server/domain/provisioning/ports";

export const MIKROTIK = 14988;
export const MIKROTIK_RATE_LIMIT = 8;
export const MIKROTIK_ADDRESS_LIST = 19;

const RATE = /^(\d+)([kM]?)\/(\d+)([kM]?)(?:\s|$)/;
const CLOSED: NetworkView = { state: "closed", downKbps: null, upKbps: null };

/** What a login that was let in may do; null when the reply does not say it in words we know. */
export function accessOf(rateLimit: string | null, addressList: string | null): NetworkView | null {
  const rate = RATE.exec(rateLimit ?? "");
  const state = addressList === "paid" ? "active" : addressList === "walled" ? "walled" : null;
  if (!rate || !state) return null;
  // rx/tx as the router sees them: what the subscriber sends comes first.
  return { state, upKbps: kbps(rate[1], rate[2]), downKbps: kbps(rate[3], rate[4]) };
}

export function noAccess(): NetworkView {
  return CLOSED;
}

function kbps(digits = "0", unit = ""): number {
  const value = Number(digits);
  return unit === "M" ? value * 1000 : unit === "k" ? value : Math.round(value / 1000);
}
