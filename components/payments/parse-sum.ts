import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR } from "@/server/domain/payments/constants";

export type SumError = "payment.amount_malformed" | "payment.amount_too_small" | "payment.amount_too_large";
export type ParsedSum = { amountMinor: bigint } | { error: SumError };

const SUM = /^(\d{1,9})(?:[.,](\d{1,2}))?$/;

/** What a person typed as a sum of rubles: "500", "1 250,50", "499.5 ₽"; in kopecks, within what may be paid at once. */
export function parseSum(text: string): ParsedSum {
  const match = SUM.exec(text.replaceAll(/[\s\u00a0\u202f₽]/g, ""));
  if (!match) return { error: "payment.amount_malformed" };
  const amountMinor = BigInt(match[1] ?? "0") * 100n + BigInt((match[2] ?? "").padEnd(2, "0"));
  if (amountMinor < MIN_PAYMENT_MINOR) return { error: "payment.amount_too_small" };
  if (amountMinor > MAX_PAYMENT_MINOR) return { error: "payment.amount_too_large" };
  return { amountMinor };
}

/** 123850n → "1238.50", 123800n → "1238": what `parseSum` reads back, for an address or a field. */
export function sumText(amountMinor: bigint): string {
  const rest = amountMinor % 100n;
  return rest === 0n ? `${amountMinor / 100n}` : `${amountMinor / 100n}.${rest.toString().padStart(2, "0")}`;
}
