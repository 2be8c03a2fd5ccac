"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { percentToType, typedPercent } from "@/components/catalog/typed-percent";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PromisedPolicy } from "@/server/domain/credit";
import { PROMISE_SIZES, PROMISED_BOUNDS, type PromiseSize } from "@/server/domain/credit/constants";
import type { PayableTariff, PromisedFacts } from "./outputs";
import { SettingCard } from "./setting-card";
import { FieldGroup, TypedField } from "./setting-fields";
import { TariffChoice } from "./tariff-choice";
import { typedWhole } from "./typed-whole";
import { usePromisedLines } from "./use-promised-lines";
import { useSettingForm } from "./use-setting-form";

const SHARES = ["baseBp", "perYearBp", "perPaidMonthBp", "perKeptBp", "perBrokenBp", "maxBp"] as const;
type Share = (typeof SHARES)[number];
const WHOLES = ["termDays", "everyDays", "monthDayFrom", "monthDayTo"] as const;
type Whole = (typeof WHOLES)[number];
const SUMS = ["feeMinor", "debtCapMinor"] as const;
type Sum = (typeof SUMS)[number];
const BOUNDS = { ...PROMISED_BOUNDS, monthDayFrom: PROMISED_BOUNDS.monthDay, monthDayTo: PROMISED_BOUNDS.monthDay };

type Props = { facts: PromisedFacts; tariffs: readonly PayableTariff[]; now: Date; readOnly: string | null };

/** The terms of a promised payment, every parameter of them. */
export function PromisedForm({ facts, tariffs, now, readOnly }: Props) {
  const t = useTranslations("settings");
  const locale = useLocale();
  const client = useTRPCClient();
  const form = useSettingForm();
  const nameOf = (code: string) => {
    const tariff = tariffs.find((one) => one.code === code);
    return tariff ? (locale === "ru" ? tariff.nameRu : tariff.nameEn) : code;
  };
  const linesOf = usePromisedLines(nameOf);
  const [typed, setTyped] = useState(() => toTyped(facts.policy));
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const { policy, unread } = read(typed);

  const whole = (name: Whole, label: string, hint?: string) => {
    const [min, max] = BOUNDS[name];
    return (
      <TypedField
        label={label}
        hint={hint}
        value={typed[name]}
        onType={(value) => set({ [name]: value })}
        error={form.problemOf(`policy.${name}`, t("errors.range", { min, max }))}
      />
    );
  };
  const sum = (name: Sum, label: string, hint?: string) => (
    <TypedField
      label={label}
      hint={hint}
      mode="decimal"
      value={typed[name]}
      onType={(value) => set({ [name]: value })}
      error={form.problemOf(`policy.${name}`, t("errors.sum"))}
    />
  );
  const tick = (name: "paymentBetween" | "consentRequired" | "automaticOffer", label: string) => (
    <Checkbox checked={typed[name]} onChange={(event) => set({ [name]: event.currentTarget.checked })} label={label} />
  );

  return (
    <SettingCard
      title={t("promised.title")}
      isOn={facts.policy.enabled}
      changed={facts.changed}
      now={now}
      isBroken={facts.isBroken}
      lines={unread.length === 0 ? linesOf(policy) : null}
      form={form}
      readOnly={readOnly}
      onSave={() => form.save(unread, () => client.settings.setPromised.mutate({ seen: facts.mark, policy }))}
    >
      <Checkbox
        className="py-0!"
        checked={typed.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
        label={t("promised.enabled")}
        hint={t("promised.enabledHint")}
      />
      <FieldGroup title={t("promised.often")} thirds>
        {whole("termDays", t("promised.termDays"))}
        {whole("everyDays", t("promised.everyDays"), t("promised.everyHint"))}
        {sum("feeMinor", t("promised.fee"), t("promised.feeHint"))}
      </FieldGroup>
      <FieldGroup title={t("promised.much")}>
        <Field label={t("promised.size")}>
          {(control) => (
            <Select
              {...control}
              value={typed.size}
              onChange={(event) => set({ size: event.currentTarget.value as PromiseSize })}
              options={PROMISE_SIZES.map((size) => ({ value: size, label: t(`promised.sizes.${size}`) }))}
            />
          )}
        </Field>
        {sum("debtCapMinor", t("promised.cap"))}
      </FieldGroup>
      {typed.size === "formula" ? (
        <FieldGroup title={t("promised.trust")} hint={t("promised.trustHint")} thirds>
          {SHARES.map((name) => (
            <TypedField
              key={name}
              label={t(`promised.${name}`)}
              mode="decimal"
              value={typed[name]}
              onType={(value) => set({ [name]: value })}
              error={form.problemOf(
                `policy.formula.${name}`,
                t("errors.share", { most: PROMISED_BOUNDS.shareBp[1] / 100 }),
              )}
            />
          ))}
        </FieldGroup>
      ) : null}
      <FieldGroup title={t("promised.who")}>
        {whole("monthDayFrom", t("promised.monthDayFrom"), t("promised.windowHint"))}
        {whole("monthDayTo", t("promised.monthDayTo"))}
        <TariffChoice
          tariffs={tariffs}
          nameOf={nameOf}
          chosen={typed.tariffCodes}
          onChange={(tariffCodes) => set({ tariffCodes })}
          error={form.problemOf("policy.tariffCodes", "")}
        />
        <div className="-my-1.5 sm:col-span-2">
          {tick("paymentBetween", t("promised.paymentBetween"))}
          {tick("consentRequired", t("promised.consent"))}
          {tick("automaticOffer", t("promised.automatic"))}
        </div>
      </FieldGroup>
    </SettingCard>
  );
}

type Typed = Readonly<Record<Whole | Sum | Share, string>> &
  Pick<PromisedPolicy, "enabled" | "size" | "tariffCodes" | "paymentBetween" | "consentRequired" | "automaticOffer">;

function toTyped({ formula, ...policy }: PromisedPolicy): Typed {
  const typedOf = <Name extends string>(names: readonly Name[], say: (name: Name) => string) =>
    Object.fromEntries(names.map((name) => [name, say(name)])) as Record<Name, string>;
  return {
    ...policy,
    ...typedOf(WHOLES, (name) => String(policy[name])),
    ...typedOf(SUMS, (name) => amountToType(policy[name])),
    ...typedOf(SHARES, (name) => percentToType(formula[name])),
  };
}

/** What was typed as the procedure takes it, and the paths of what cannot be read or is out of bounds. */
function read(typed: Typed): { policy: PromisedPolicy; unread: string[] } {
  const unread: string[] = [];
  const readable = <T,>(path: string, value: T | null, nought: T): T => {
    if (value === null) unread.push(path);
    return value ?? nought;
  };
  const whole = (name: Whole) => readable(`policy.${name}`, typedWhole(typed[name], BOUNDS[name]), 0);
  const sum = (name: Sum) => readable(`policy.${name}`, typedAmount(typed[name]), 0n);
  const share = (name: Share) =>
    readable(`policy.formula.${name}`, typedPercent(typed[name], PROMISED_BOUNDS.shareBp[1]), 0);
  const { enabled, size, tariffCodes, paymentBetween, consentRequired, automaticOffer } = typed;
  const policy: PromisedPolicy = {
    ...{ enabled, size, tariffCodes, paymentBetween, consentRequired, automaticOffer },
    termDays: whole("termDays"),
    everyDays: whole("everyDays"),
    feeMinor: sum("feeMinor"),
    debtCapMinor: sum("debtCapMinor"),
    monthDayFrom: whole("monthDayFrom"),
    monthDayTo: whole("monthDayTo"),
    formula: {
      baseBp: share("baseBp"),
      perYearBp: share("perYearBp"),
      perPaidMonthBp: share("perPaidMonthBp"),
      perKeptBp: share("perKeptBp"),
      perBrokenBp: share("perBrokenBp"),
      maxBp: share("maxBp"),
    },
  };
  return { policy, unread };
}
