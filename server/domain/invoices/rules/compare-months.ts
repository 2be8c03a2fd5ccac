import type { Minor } from "@/server/kernel/money";

/** What one subscription cost in one month, or what fees of one kind did, and what made it so. */
export interface MonthLine {
  /** What is compared with what: a subscription and the kind of line; of fees, whatever they were for, the kind alone. */
  readonly key: string;
  readonly nameRu: string;
  readonly nameEn: string;
  /** Null of fees, whose days count how many there were. */
  readonly tariffId: string | null;
  readonly kind: string;
  readonly priceVersion: number | null;
  readonly feeMinor: Minor;
  readonly discountMinor: Minor;
  readonly chargedDays: number;
  readonly periodDays: number;
  /** VAT inside, less what was given back. */
  readonly amountMinor: Minor;
  readonly creditedMinor: Minor;
}

/** Why a line is not what it was, the weightiest first. */
export type ChangeCause = "new" | "gone" | "tariff" | "price" | "discount" | "days" | "credit" | "usage" | "times";

export interface ComparedLine {
  readonly key: string;
  readonly now: MonthLine | null;
  readonly before: MonthLine | null;
  readonly deltaMinor: Minor;
  readonly causes: readonly ChangeCause[];
}

/**
 * A month against the one before, line by line: what changed first, the largest change of all first, each with its causes. The
 * changes of the lines add up to the change of the month.
 */
export function compareMonths(now: readonly MonthLine[], before: readonly MonthLine[]): ComparedLine[] {
  const [present, past] = [byKey(now), byKey(before)];
  const keys = [...new Set([...present.keys(), ...past.keys()])];
  const lines = keys.map((key): ComparedLine => {
    const [one, other] = [present.get(key) ?? null, past.get(key) ?? null];
    const deltaMinor = (one?.amountMinor ?? 0n) - (other?.amountMinor ?? 0n);
    return { key, now: one, before: other, deltaMinor, causes: causesOf(one, other) };
  });
  // Charged and given back within one of the months, with nothing of it in the other: no difference to tell.
  const told = lines.filter((line) => line.deltaMinor !== 0n || (line.now && line.before));
  const size = (minor: Minor) => (minor < 0n ? -minor : minor);
  return told.sort(
    (a, b) =>
      Number(b.deltaMinor !== 0n) - Number(a.deltaMinor !== 0n) || compare(size(b.deltaMinor), size(a.deltaMinor)),
  );
}

const compare = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1);

function causesOf(now: MonthLine | null, before: MonthLine | null): ChangeCause[] {
  if (!now) return ["gone"];
  if (!before) return ["new"];
  const causes: ChangeCause[] = [];
  const tariff = now.tariffId !== before.tariffId;
  const usage = now.kind === "usage" && now.amountMinor !== before.amountMinor;
  if (tariff) causes.push("tariff");
  else if (usage) causes.push("usage");
  else if (now.feeMinor !== before.feeMinor) causes.push("price");
  if (now.discountMinor !== before.discountMinor) causes.push("discount");
  // Whole months of 30 and 31 days cost the same.
  const whole = now.chargedDays === now.periodDays && before.chargedDays === before.periodDays;
  const isFee = now.tariffId === null;
  if (isFee && now.chargedDays !== before.chargedDays) causes.push("times");
  if (
    !isFee &&
    now.kind !== "usage" &&
    !whole &&
    now.chargedDays * before.periodDays !== before.chargedDays * now.periodDays
  )
    causes.push("days");
  if (now.creditedMinor !== before.creditedMinor) causes.push("credit");
  return causes;
}

/** Several lines of one subscription (its tariff changed in the month), or several fees, are one to the reader: the latest names it. */
function byKey(lines: readonly MonthLine[]): Map<string, MonthLine> {
  const merged = new Map<string, MonthLine>();
  for (const line of lines) {
    const known = merged.get(line.key);
    merged.set(
      line.key,
      known
        ? {
            ...line,
            chargedDays: known.chargedDays + line.chargedDays,
            amountMinor: known.amountMinor + line.amountMinor,
            creditedMinor: known.creditedMinor + line.creditedMinor,
          }
        : line,
    );
  }
  return merged;
}
