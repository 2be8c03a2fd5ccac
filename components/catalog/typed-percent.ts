const PERCENT = /^(\d{1,3})(?:[.,](\d{1,2}))?$/;

/** «12,5» as a person types it → 1250 hundredths of a percent; null when it is no share. */
export function typedPercent(text: string): number | null {
  const match = PERCENT.exec(text.trim());
  if (!match) return null;
  const bp = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return bp <= 10_000 ? bp : null;
}
