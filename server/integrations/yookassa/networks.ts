import ipaddr from "ipaddr.js";
import { DomainError } from "@/server/kernel/errors";

/** Where the provider's webhooks come from, by its own documentation. A setting may replace the list. */
export const YOOKASSA_NETWORKS = [
  "185.71.76.0/27",
  "185.71.77.0/27",
  "77.75.153.0/25",
  "77.75.156.11",
  "77.75.156.35",
  "77.75.154.128/25",
  "2a02:5180::/32",
] as const;

/** Allowed besides, and only while the fake provider stands in: it lives on this machine. */
export const LOOPBACK_NETWORKS = ["127.0.0.0/8", "::1/128"] as const;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/**
 * Strict: four decimal parts or a plain IPv6, so that 0177.0.0.1 and 2130706433 are nobody. An IPv4 address written
 * as IPv6 (::ffff:185.71.76.1, what a dual-stack socket reports) becomes the IPv4 address it is.
 */
function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(":") || text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function parseNetwork(text: string): Network {
  const [host = "", bits, ...rest] = text.trim().split("/");
  const address = parseAddress(host);
  const width = address?.kind() === "ipv4" ? 32 : 128;
  const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (!address || rest.length > 0 || prefix < 0 || prefix > width)
    throw new DomainError("invalid", "network.malformed", { network: text });
  return [address, prefix];
}

/**
 * A check of addresses against CIDR networks (a bare address is a network of one). Throws `invalid`
 * (`network.malformed`) on a bad list: a typo must stop the start, not open or close the door quietly.
 */
export function createNetworkList(networks: readonly string[]): (address: string | null) => boolean {
  const parsed = networks.map(parseNetwork);
  return (text) => {
    const address = text === null ? null : parseAddress(text);
    if (!address) return false;
    return parsed.some(([base, prefix]) => base.kind() === address.kind() && address.match([base, prefix] as never));
  };
}

export interface AddressSource {
  /** The address of the socket; null when the framework hides it. */
  readonly peerAddress: string | null;
  /** The X-Forwarded-For header as it came, several joined by commas. */
  readonly forwardedFor: string | null;
  /** How many proxies of ours stand in front, each appending the address that it saw. */
  readonly trustedProxies: number;
}

/** "[2001:db8::1]:443" and "203.0.113.7:4711" are forms that proxies write. */
function withoutPort(entry: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(entry);
  if (bracketed?.[1]) return bracketed[1];
  const [host = "", port, ...rest] = entry.split(":");
  return port !== undefined && rest.length === 0 ? host : entry;
}

/**
 * The sender's address. With n trusted proxies it is the n-th entry of X-Forwarded-For from the right: whatever
 * stands further left was written by the sender itself. Null (refuse) when there are fewer entries than proxies,
 * or the entry is not an address.
 */
export function clientAddress(source: AddressSource): string | null {
  if (!Number.isSafeInteger(source.trustedProxies) || source.trustedProxies < 0)
    throw new DomainError("invalid", "network.trusted_proxies", { trustedProxies: source.trustedProxies });
  const entries = (source.forwardedFor ?? "").split(",").map((entry) => entry.trim());
  const seen = source.trustedProxies === 0 ? source.peerAddress : entries.at(-source.trustedProxies);
  return seen ? (parseAddress(withoutPort(seen))?.toString() ?? null) : null;
}
