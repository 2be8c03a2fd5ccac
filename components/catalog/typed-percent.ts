const PERCENT = /^(\d{1,4})(?:[.,](\d{1,2}))?$/;

/** «12,5» as a person types it → 1250 hundredths of a percent; null when it is no share, or more than `mostBp`. */
export function typedPercent(text: string, mostBp = 10_000): number | null {
  const match = PERCENT.exec(text.trim());
  if (!match) return null;
  const bp = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return bp <= mostBp ? bp : null;
}

/** 1250 → «12,5», ready to be typed over. */
export function percentToType(bp: number): string {
  const rest = (bp % 100).toString().padStart(2, "0").replace(/0+$/, "");
  return `${Math.floor(bp / 100)}${rest === "" ? "" : `,${rest}`}`;
}
