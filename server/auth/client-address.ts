import ipaddr from "ipaddr.js";
import { env } from "@/server/env";
import { PEER_HEADER } from "./request-headers";

/**
 * The address a request came from. With no proxy of ours it is the socket's; with n of them it is the n-th entry of
 * X-Forwarded-For from the right, because what stands further left was written by the sender. Null when that is not an
 * address.
 */
export function clientAddress(headers: Headers, trustedProxies: number = env.TRUSTED_PROXIES): string | null {
  if (trustedProxies === 0) return plainAddress(headers.get(PEER_HEADER));
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return plainAddress(hops.at(-trustedProxies) ?? null);
}

/** `::ffff:203.0.113.7`, `203.0.113.7:4711` and `[2001:db8::1]:443` are all plain addresses in disguise. */
function plainAddress(text: string | null): string | null {
  if (!text) return null;
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(text)?.[1] ?? text;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  return ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare).toString() : null;
}
