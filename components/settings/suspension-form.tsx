"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney } from "@/components/i18n/format";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { EARLY_RETURNS, type EarlyReturn, SUSPENSION_BOUNDS } from "@/server/domain/subscriptions/constants";
import type { SuspensionFacts } from "./outputs";
import { SettingCard } from "./setting-card";
import { FieldGroup, TypedField } from "./setting-fields";
import { typedWhole } from "./typed-whole";
import { useSettingForm } from "./use-setting-form";

type Policy = SuspensionFacts["policy"];
const LENGTH = ["minDays", "maxDays", "everyDays", "yearlyQuotaDays"] as const;
const PLAN = ["noticeDays", "aheadDays"] as const;
type Days = (typeof LENGTH | typeof PLAN)[number];

/** The terms of the subscriber's own pause, every parameter of them. */
export function SuspensionForm({
  facts,
  now,
  readOnly,
}: {
  facts: SuspensionFacts;
  now: Date;
  readOnly: string | null;
}) {
  const t = useTranslations("settings");
  const client = useTRPCClient();
  const form = useSettingForm();
  const linesOf = useSuspensionLines();
  const [typed, setTyped] = useState(() => toTyped(facts.policy));
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const { policy, unread } = read(typed);
  const days = (name: Days) => {
    const [min, max] = SUSPENSION_BOUNDS[name];
    return (
      <TypedField
        key={name}
        label={t(`suspension.${name}`)}
        value={typed[name]}
        onType={(value) => set({ [name]: value })}
        error={form.problemOf(`policy.${name}`, t("errors.range", { min, max }))}
      />
    );
  };
  return (
    <SettingCard
      title={t("suspension.title")}
      isOn={facts.policy.enabled}
      changed={facts.changed}
      now={now}
      isBroken={facts.isBroken}
      lines={unread.length === 0 ? linesOf(policy) : null}
      form={form}
      readOnly={readOnly}
      onSave={() => form.save(unread, () => client.settings.setSuspension.mutate({ seen: facts.mark, policy }))}
    >
      <Checkbox
        className="py-0!"
        checked={typed.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
        label={t("suspension.enabled")}
        hint={t("suspension.enabledHint")}
      />
      <FieldGroup title={t("suspension.length")}>{LENGTH.map(days)}</FieldGroup>
      <FieldGroup title={t("suspension.plan")}>
        {PLAN.map(days)}
        <TypedField
          label={t("suspension.fee")}
          hint={t("suspension.feeHint")}
          mode="decimal"
          value={typed.fee}
          onType={(fee) => set({ fee })}
          error={form.problemOf("policy.feeMinor", t("errors.sum"))}
        />
        <Field label={t("suspension.earlyReturn")}>
          {(control) => (
            <Select
              {...control}
              value={typed.earlyReturn}
              onChange={(event) => set({ earlyReturn: event.currentTarget.value as EarlyReturn })}
              options={EARLY_RETURNS.map((value) => ({ value, label: t(`suspension.returns.${value}`) }))}
            />
          )}
        </Field>
      </FieldGroup>
    </SettingCard>
  );
}

/** What the terms mean, a sentence each. */
function useSuspensionLines(): (policy: Policy) => string[] {
  const t = useTranslations("settings");
  const locale = useLocale();
  const days = (count: number) => t("daysGen", { days: count });
  return (policy) => {
    if (!policy.enabled) return [t("suspension.lines.off")];
    const { minDays, maxDays, yearlyQuotaDays, everyDays, noticeDays, aheadDays, feeMinor, earlyReturn } = policy;
    const ahead = t("days", { days: aheadDays });
    return [
      t("suspension.lines.main", { min: days(minDays), max: days(maxDays), quota: days(yearlyQuotaDays) }),
      everyDays === 0 ? t("suspension.lines.noRest") : t("suspension.lines.rest", { days: days(everyDays) }),
      noticeDays === 0
        ? t("suspension.lines.today", { ahead })
        : t("suspension.lines.notice", { days: t("days", { days: noticeDays }), ahead }),
      feeMinor === 0n
        ? t("suspension.lines.free")
        : t("suspension.lines.fee", { fee: formatMoney(feeMinor, locale, { kopecks: "whole" }) }),
      t(`suspension.lines.${earlyReturn}`, { min: t("days", { days: minDays }) }),
    ];
  };
}

type Typed = Readonly<Record<Days | "fee", string>> & Pick<Policy, "enabled" | "earlyReturn">;

function toTyped(policy: Policy): Typed {
  const { enabled, earlyReturn, feeMinor } = policy;
  return {
    ...{ enabled, earlyReturn, fee: amountToType(feeMinor) },
    minDays: String(policy.minDays),
    maxDays: String(policy.maxDays),
    everyDays: String(policy.everyDays),
    yearlyQuotaDays: String(policy.yearlyQuotaDays),
    noticeDays: String(policy.noticeDays),
    aheadDays: String(policy.aheadDays),
  };
}

/** What was typed as the procedure takes it, and the paths of what cannot be read or is out of bounds. */
function read({ enabled, earlyReturn, ...typed }: Typed): { policy: Policy; unread: string[] } {
  const unread: string[] = [];
  const days = (name: Days) => {
    const number = typedWhole(typed[name], SUSPENSION_BOUNDS[name]);
    if (number === null) unread.push(`policy.${name}`);
    return number ?? 0;
  };
  const feeMinor = typedAmount(typed.fee);
  if (feeMinor === null) unread.push("policy.feeMinor");
  const policy: Policy = {
    ...{ enabled, earlyReturn, feeMinor: feeMinor ?? 0n },
    minDays: days("minDays"),
    maxDays: days("maxDays"),
    everyDays: days("everyDays"),
    yearlyQuotaDays: days("yearlyQuotaDays"),
    noticeDays: days("noticeDays"),
    aheadDays: days("aheadDays"),
  };
  return { policy, unread };
}
