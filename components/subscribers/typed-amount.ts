const AMOUNT = /^(\d{1,9})(?:[.,](\d{1,2}))?$/;

/** «1 250,5» as a person types it → 125050n kopecks; null when it is not a sum. */
export function typedAmount(text: string): bigint | null {
  const match = AMOUNT.exec(text.replaceAll(/[\s\u00A0\u202F]/g, ""));
  return match ? BigInt(match[1] ?? "0") * 100n + BigInt((match[2] ?? "").padEnd(2, "0")) : null;
}

/** 125050n → «1250,50», ready to be typed over; whole rubles without a tail. */
export function amountToType(minor: bigint): string {
  const rest = minor % 100n;
  return rest === 0n ? `${minor / 100n}` : `${minor / 100n},${rest.toString().padStart(2, "0")}`;
}
