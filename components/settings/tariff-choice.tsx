import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PayableTariff } from "./outputs";

type Props = {
  tariffs: readonly PayableTariff[];
  nameOf: (code: string) => string;
  /** Codes; null = every tariff. */
  chosen: readonly string[] | null;
  onChange: (codes: string[] | null) => void;
  error: string | undefined;
};

/** All tariffs, or those that are ticked. */
export function TariffChoice({ tariffs, nameOf, chosen, onChange, error }: Props) {
  const t = useTranslations("settings.promised");
  return (
    <div className="grid gap-2 sm:col-span-2">
      <Field label={t("tariffs")} error={error}>
        {(control) => (
          <Select
            {...control}
            value={chosen ? "chosen" : "all"}
            onChange={(event) => onChange(event.currentTarget.value === "all" ? null : [])}
            options={[
              { value: "all", label: t("tariffsAll") },
              { value: "chosen", label: t("tariffsChosen") },
            ]}
          />
        )}
      </Field>
      {chosen ? (
        <fieldset className="max-h-56 min-w-0 overflow-y-auto rounded-control border border-line px-3">
          <legend className="sr-only">{t("tariffsList")}</legend>
          {tariffs.map(({ code }) => (
            <Checkbox
              key={code}
              checked={chosen.includes(code)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...chosen, code] : chosen.filter((one) => one !== code))
              }
              label={
                <>
                  {nameOf(code)} <span className="id text-small text-muted">{code}</span>
                </>
              }
            />
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
