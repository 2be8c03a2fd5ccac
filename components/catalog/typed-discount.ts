import { typedAmount } from "@/components/subscribers/typed-amount";
import { typedPercent } from "./typed-percent";

/** A discount as a person types it: a share or a sum. */
export interface TypedDiscount {
  readonly kind: "percent" | "amount";
  readonly text: string;
}

/** As the verbs take it, one of the two: hundredths of a percent above zero, or kopecks. Null when it is neither. */
export function readDiscount({
  kind,
  text,
}: TypedDiscount): { percentBp: number | null; amountMinor: bigint | null } | null {
  if (kind === "amount") {
    const amountMinor = typedAmount(text);
    return amountMinor === null ? null : { percentBp: null, amountMinor };
  }
  const percentBp = typedPercent(text);
  return percentBp ? { percentBp, amountMinor: null } : null;
}
