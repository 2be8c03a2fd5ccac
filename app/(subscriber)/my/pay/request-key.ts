import { createHash, randomBytes } from "node:crypto";

/** One for every page that is shown: the form carries it back. */
export function newNonce(): string {
  return randomBytes(16).toString("base64url");
}

/**
 * The key of a payment, in the form of a UUID: one page, account and sum are one payment, however often the button is
 * pressed; another sum from the same page is another payment.
 */
export function requestKeyOf(nonce: string, accountId: string, amountMinor: bigint): string {
  const hex = createHash("sha256").update(`${nonce}\n${accountId}\n${amountMinor}`).digest("hex");
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) & 3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
