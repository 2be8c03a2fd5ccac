"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { showToast } from "@/components/ui/toast";
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
import { useCatalogRefusal } from "./catalog-dialog";
import type { PriceVersion } from "./outputs";
import { PhaseFields, type TypedPhase, toPhases } from "./phase-fields";
import { usePriceWords } from "./use-price-words";

type Props = { tariffId: string; now: PriceVersion | null; today: string; tomorrow: string };

/** What a person may choose here; prices by usage have a pricer of their own. */
const METHODS: readonly ChargeMethod[] = CHARGE_METHODS.filter((method) => method !== "usage");

/** A price version written down: begins as the present one, and says what is wrong with it before anything is kept. */
export function PriceForm({ tariffId, now, today, tomorrow }: Props) {
  const t = useTranslations("catalog.form");
  const errors = useTranslations("catalog.errors");
  const c = useTranslations("catalog");
  const words = usePriceWords(today);
  const refusal = useCatalogRefusal();
  const client = useTRPCClient();
  const router = useRouter();
  const [typed, setTyped] = useState(() => initial(now, tomorrow));
  const [phases, setPhases] = useState<TypedPhase[]>([]);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const set = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }));
  const months = Number(typed.periodMonths) as (typeof PERIOD_MONTHS)[number];
  const hasPeriods = typed.chargeMethod !== "one_off";

  async function propose(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setError(null);
    const feeMinor = typedAmount(typed.fee);
    const written = hasPeriods ? toPhases(phases) : [];
    if (feeMinor === null || written === null) return setError(errors("amount"));
    const maxCharges = typed.maxCharges === "" || !hasPeriods ? null : Number(typed.maxCharges);
    if (maxCharges !== null && !Number.isInteger(maxCharges)) return setError(errors("number"));
    const { newFrom, chargeMethod, moneyGate, prorationStart, prorationChange, prorationStop, dayRule } = typed;
    const rules = { chargeMethod, moneyGate, prorationStart, prorationChange, prorationStop, dayRule };
    const existingFrom = typed.existing ? typed.existingFrom : null;
    setRunning(true);
    try {
      const price = { ...rules, newFrom, existingFrom, feeMinor, periodMonths: months, maxCharges, phases: written };
      await client.catalog.propose.mutate({ tariffId, ...price });
      showToast({ tone: "ok", title: t("done") });
      router.push(`/catalog/${tariffId}`);
      router.refresh();
    } catch (caught) {
      setError(refusal(caught));
      setRunning(false);
    }
  }

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
    <form onSubmit={propose} className="grid max-w-3xl gap-3.5">
      <Part title={t("from")}>
        <Field label={t("newFrom")} required>
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
        {typed.existing ? (
          <Field label={t("existingFrom")} required>
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
        <Checkbox
          className="sm:col-span-2"
          checked={typed.existing}
          onChange={(event) => set({ existing: event.currentTarget.checked })}
          label={t("existing")}
          hint={t("existingHint")}
        />
      </Part>

      <Part title={t("money")}>
        <Field label={t("fee")} hint={now ? t("feeHint", { fee: words.fee(now) }) : undefined} required>
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
        {choice<MoneyGate>(
          typed.moneyGate,
          t("gate"),
          MONEY_GATES,
          (gate) => c(`gate.${gate}`),
          (moneyGate) => set({ moneyGate }),
        )}
      </Part>

      {hasPeriods ? <PhaseFields phases={phases} months={months} onChange={setPhases} /> : null}

      {hasPeriods ? (
        <details className="card">
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
            <Field label={t("maxCharges")} hint={t("maxChargesHint")}>
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

      <p role="alert" className="flex items-start gap-1.5 text-small text-danger empty:hidden">
        {error ? (
          <>
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span>{error}</span>
          </>
        ) : null}
      </p>
      <div>
        <Button type="submit" kind="primary" busy={running && t("busy")}>
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card padded>
      <fieldset className="grid items-start gap-4 sm:grid-cols-2">
        <legend className="mb-3 text-[1rem] font-semibold">{title}</legend>
        {children}
      </fieldset>
    </Card>
  );
}

interface Typed {
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
}

function initial(now: PriceVersion | null, tomorrow: string): Typed {
  const method = now?.chargeMethod ?? "monthly";
  return {
    newFrom: tomorrow,
    existing: true,
    existingFrom: tomorrow,
    fee: now ? amountToType(now.feeMinor) : "",
    periodMonths: String(now?.periodMonths ?? 1),
    chargeMethod: method === "usage" ? "monthly" : method,
    moneyGate: now?.moneyGate ?? "if_enough",
    prorationStart: now?.prorationStart ?? "actual_days",
    prorationChange: now?.prorationChange ?? "actual_days",
    prorationStop: now?.prorationStop ?? "actual_days",
    dayRule: now?.dayRule ?? "connection_in",
    maxCharges: now?.maxCharges ? String(now.maxCharges) : "",
  };
}
