import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  CHARGE_METHODS,
  type ChargeMethod,
  DAY_RULES,
  type DayRule,
  MONEY_GATES,
  type MoneyGate,
  PERIOD_MONTHS,
  PRORATIONS,
  type Proration,
} from "@/server/domain/catalog/constants";
import type { PriceVersion } from "./outputs";
import { PhaseFields, type TypedPhase, toPhases } from "./phase-fields";
import { usePriceWords } from "./use-price-words";

export interface TypedPrice {
  readonly newFrom: string;
  readonly existing: boolean;
  readonly existingFrom: string;
  readonly fee: string;
  readonly periodMonths: string;
  readonly chargeMethod: ChargeMethod;
  readonly moneyGate: MoneyGate;
  readonly prorationStart: Proration;
  readonly prorationChange: Proration;
  readonly prorationStop: Proration;
  readonly dayRule: DayRule;
  readonly maxCharges: string;
  readonly phases: readonly TypedPhase[];
}

type Props = {
  typed: TypedPrice;
  set: (change: Partial<TypedPrice>) => void;
  /** What a newcomer pays today; null for what was never sold. */
  now: PriceVersion | null;
  today: string;
  /** The first price of a tariff: nobody has it yet. */
  isFirst?: boolean;
  /** Of a boost: paid once, so there is nothing to choose. */
  isOnce?: boolean;
  problemOf: (name: string, own: string) => string | undefined;
};

/** What a person may choose here; prices by usage have a pricer of their own. */
const METHODS: readonly ChargeMethod[] = CHARGE_METHODS.filter((method) => method !== "usage");

/** A price version as it is written down. */
export function PriceFields({ typed, set, now, today, isFirst = false, isOnce = false, problemOf }: Props) {
  const t = useTranslations("catalog.form");
  const errors = useTranslations("catalog.errors");
  const c = useTranslations("catalog");
  const words = usePriceWords(today);
  const months = Number(typed.periodMonths);
  const hasPeriods = typed.chargeMethod !== "one_off";
  const choice = <T extends string>(
    value: T,
    label: string,
    options: readonly T[],
    name: (one: T) => string,
    to: (one: T) => void,
  ) => (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => to(event.currentTarget.value as T)}
          options={options.map((one) => ({ value: one, label: name(one) }))}
        />
      )}
    </Field>
  );
  const prorationName = (rule: Proration) => c(`proration.${rule}`);
  return (
    <>
      <FormPart title={t("from")}>
        <Field
          label={isFirst ? t("soldFrom") : t("newFrom")}
          error={problemOf("newFrom", errors("reason.day_malformed"))}
          required
        >
          {(control) => (
            <Input
              {...control}
              type="date"
              min={today}
              value={typed.newFrom}
              onChange={(event) => set({ newFrom: event.currentTarget.value })}
            />
          )}
        </Field>
        {typed.existing && !isFirst ? (
          <Field label={t("existingFrom")} error={problemOf("existingFrom", errors("reason.day_malformed"))} required>
            {(control) => (
              <Input
                {...control}
                type="date"
                min={typed.newFrom || today}
                value={typed.existingFrom}
                onChange={(event) => set({ existingFrom: event.currentTarget.value })}
              />
            )}
          </Field>
        ) : null}
        {isFirst ? null : (
          <Checkbox
            className="sm:col-span-2"
            checked={typed.existing}
            onChange={(event) => set({ existing: event.currentTarget.checked })}
            label={t("existing")}
            hint={t("existingHint")}
          />
        )}
      </FormPart>

      <FormPart title={t("money")}>
        <Field
          label={t("fee")}
          hint={now ? t("feeHint", { fee: words.fee(now) }) : undefined}
          error={problemOf("feeMinor", errors("amount"))}
          required
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={typed.fee}
              onChange={(event) => set({ fee: event.currentTarget.value })}
            />
          )}
        </Field>
        {isOnce ? null : (
          <>
            {choice(
              typed.periodMonths,
              t("periodMonths"),
              PERIOD_MONTHS.map(String),
              (one) => c("period", { months: Number(one) }),
              (periodMonths) => set({ periodMonths }),
            )}
            {choice<ChargeMethod>(typed.chargeMethod, t("method"), METHODS, words.method, (chargeMethod) =>
              set({ chargeMethod }),
            )}
          </>
        )}
        {choice<MoneyGate>(
          typed.moneyGate,
          t("gate"),
          MONEY_GATES,
          (gate) => c(`gate.${gate}`),
          (moneyGate) => set({ moneyGate }),
        )}
      </FormPart>

      {hasPeriods ? (
        <PhaseFields
          phases={typed.phases}
          months={months}
          onChange={(phases) => set({ phases })}
          error={problemOf("phases", errors("phases"))}
        />
      ) : null}

      {hasPeriods ? (
        <details className="card" open={problemOf("maxCharges", "") === undefined ? undefined : true}>
          <summary className="px-4 py-3 font-medium hover:text-signal-text focus-visible:-outline-offset-2">
            {t("more")}
          </summary>
          <div className="grid items-start gap-4 border-t border-line p-4 sm:grid-cols-2">
            {(["prorationStart", "prorationChange", "prorationStop"] as const).map((rule) => (
              <div key={rule}>
                {choice<Proration>(typed[rule], t(rule), PRORATIONS, prorationName, (value) => set({ [rule]: value }))}
              </div>
            ))}
            {choice<DayRule>(
              typed.dayRule,
              t("dayRule"),
              DAY_RULES,
              (rule) => c(`dayRule.${rule}`),
              (dayRule) => set({ dayRule }),
            )}
            <Field label={t("maxCharges")} hint={t("maxChargesHint")} error={problemOf("maxCharges", errors("number"))}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={typed.maxCharges}
                  onChange={(event) => set({ maxCharges: event.currentTarget.value })}
                />
              )}
            </Field>
          </div>
        </details>
      ) : null}
    </>
  );
}

export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card padded>
      <fieldset className="grid min-w-0 items-start gap-4 sm:grid-cols-2">
        <legend className="mb-3 text-[1rem] font-semibold">{title}</legend>
        {children}
      </fieldset>
    </Card>
  );
}

/** Begins as the present price, from `from` on. */
export function typedPriceOf(now: PriceVersion | null, from: string): TypedPrice {
  const method = now?.chargeMethod ?? "monthly";
  return {
    newFrom: from,
    existing: true,
    existingFrom: from,
    fee: now ? amountToType(now.feeMinor) : "",
    periodMonths: String(now?.periodMonths ?? 1),
    chargeMethod: method === "usage" ? "monthly" : method,
    moneyGate: now?.moneyGate ?? "if_enough",
    prorationStart: now?.prorationStart ?? "actual_days",
    prorationChange: now?.prorationChange ?? "actual_days",
    prorationStop: now?.prorationStop ?? "actual_days",
    dayRule: now?.dayRule ?? "connection_in",
    maxCharges: now?.maxCharges ? String(now.maxCharges) : "",
    phases: [],
  };
}

/** What was typed as the procedures take it, and the names of fields that cannot be read. */
export function readPrice(typed: TypedPrice, isFirst = false) {
  const hasPeriods = typed.chargeMethod !== "one_off";
  const feeMinor = typedAmount(typed.fee);
  const phases = hasPeriods ? toPhases(typed.phases) : [];
  const maxCharges = typed.maxCharges.trim() === "" || !hasPeriods ? null : Number(typed.maxCharges);
  const unread = [
    ...(typed.newFrom === "" ? ["newFrom"] : []),
    ...(typed.existing && !isFirst && typed.existingFrom === "" ? ["existingFrom"] : []),
    ...(feeMinor === null ? ["feeMinor"] : []),
    ...(phases === null ? ["phases"] : []),
    ...(maxCharges !== null && !Number.isInteger(maxCharges) ? ["maxCharges"] : []),
  ];
  const { newFrom, chargeMethod, moneyGate, prorationStart, prorationChange, prorationStop, dayRule } = typed;
  const price = {
    ...{ newFrom, chargeMethod, moneyGate, prorationStart, prorationChange, prorationStop, dayRule, maxCharges },
    existingFrom: typed.existing && !isFirst ? typed.existingFrom : null,
    feeMinor: feeMinor ?? 0n,
    periodMonths: Number(typed.periodMonths) as (typeof PERIOD_MONTHS)[number],
    phases: phases ?? [],
  };
  return { price, unread };
}
