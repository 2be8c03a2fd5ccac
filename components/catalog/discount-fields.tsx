import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { TypedDiscount } from "./typed-discount";

type Word = "size" | "percent" | "amount" | "percentLabel" | "amountLabel";

type Props = {
  typed: TypedDiscount;
  onType: (typed: TypedDiscount) => void;
  /** The words of the dialog it stands in: what a sum comes off differs. */
  t: (word: Word) => string;
};

/** A share or a sum, and how much: two fields of a dialog's grid. */
export function DiscountFields({ typed, onType, t }: Props) {
  return (
    <>
      <Field label={t("size")}>
        {(control) => (
          <Select
            {...control}
            value={typed.kind}
            onChange={(event) =>
              onType({ ...typed, kind: event.currentTarget.value === "amount" ? "amount" : "percent" })
            }
            options={[
              { value: "percent", label: t("percent") },
              { value: "amount", label: t("amount") },
            ]}
          />
        )}
      </Field>
      <Field label={t(typed.kind === "percent" ? "percentLabel" : "amountLabel")} required>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={typed.text}
            onChange={(event) => onType({ ...typed, text: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}
