import { CircleAlert, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { typedAmount } from "@/components/subscribers/typed-amount";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

export type TypedPhase = { key: number; months: string; fee: string; isTrial: boolean };

type Props = {
  phases: readonly TypedPhase[];
  months: number;
  onChange: (phases: TypedPhase[]) => void;
  error: string | undefined;
};

const MOST = 12;

/** The first months that cost otherwise, in order. */
export function PhaseFields({ phases, months, onChange, error }: Props) {
  const t = useTranslations("catalog.form");
  const change = (key: number, to: Partial<TypedPhase>) =>
    onChange(phases.map((phase) => (phase.key === key ? { ...phase, ...to } : phase)));
  const add = () =>
    onChange([
      ...phases,
      {
        key: Math.max(0, ...phases.map((phase) => phase.key)) + 1,
        months: String(months),
        fee: "",
        isTrial: false,
      },
    ]);
  return (
    <Card>
      <CardHeader title={t("phases")} sub={t("phasesHint")} />
      {phases.length > 0 ? (
        <ol className="divide-y divide-line border-t border-line">
          {phases.map((phase, index) => (
            <li key={phase.key} className="px-4 py-3">
              <fieldset className="grid grid-cols-[1fr_1fr_auto] items-end gap-x-3 sm:grid-cols-[8rem_10rem_1fr_auto]">
                <legend className="sr-only">{t("phase", { position: index + 1 })}</legend>
                <Field label={t("phaseMonths")} required>
                  {(control) => (
                    <Input
                      {...control}
                      inputMode="numeric"
                      value={phase.months}
                      onChange={(event) => change(phase.key, { months: event.currentTarget.value })}
                    />
                  )}
                </Field>
                <Field label={t("phaseFee")} required>
                  {(control) => (
                    <Input
                      {...control}
                      inputMode="decimal"
                      value={phase.fee}
                      onChange={(event) => change(phase.key, { fee: event.currentTarget.value })}
                    />
                  )}
                </Field>
                <Checkbox
                  className="max-sm:order-last max-sm:col-span-3"
                  checked={phase.isTrial}
                  onChange={(event) => change(phase.key, { isTrial: event.currentTarget.checked })}
                  label={t("phaseTrial")}
                />
                <IconButton
                  label={t("removePhase", { position: index + 1 })}
                  onClick={() => onChange(phases.filter((one) => one.key !== phase.key))}
                >
                  <X aria-hidden="true" />
                </IconButton>
              </fieldset>
            </li>
          ))}
        </ol>
      ) : null}
      {error ? (
        <p role="alert" className="flex items-start gap-1.5 border-t border-line px-4 py-3 text-small text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
      <div className="border-t border-line px-4 py-3">
        <Button size="s" icon={<Plus aria-hidden="true" />} disabled={phases.length >= MOST} onClick={add}>
          {t("addPhase")}
        </Button>
      </div>
    </Card>
  );
}

/** As the procedure takes them; null when a sum or a number cannot be read. */
export function toPhases(phases: readonly TypedPhase[]) {
  const read = phases.map(({ months, fee, isTrial }, index) => ({
    position: index + 1,
    months: Number(months),
    feeMinor: typedAmount(fee),
    isTrial,
  }));
  const sound = read.flatMap(({ feeMinor, months, ...rest }) =>
    feeMinor === null || !Number.isInteger(months) || months < 1 ? [] : [{ ...rest, months, feeMinor }],
  );
  return sound.length === read.length ? sound : null;
}
