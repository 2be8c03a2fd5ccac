"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatMonth } from "@/components/i18n/format-date";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { ADVANCE_VAT, type AdvanceVat, PAYMENT_TERM_DAYS } from "@/server/domain/invoices/constants";
import type { DocumentFacts, VatChoice } from "./outputs";
import { SettingCard } from "./setting-card";
import { FieldGroup, TypedField } from "./setting-fields";
import { typedWhole } from "./typed-whole";
import { useSettingForm } from "./use-setting-form";

type Settings = DocumentFacts["settings"];
type Props = { facts: DocumentFacts; vat: readonly VatChoice[]; now: Date; readOnly: string | null };

/** What documents, corrections and advances go by. */
export function DocumentsForm({ facts, vat, now, readOnly }: Props) {
  const t = useTranslations("settings");
  const locale = useLocale();
  const client = useTRPCClient();
  const form = useSettingForm();
  const linesOf = useDocumentLines(vat);
  const [typed, setTyped] = useState(() => toTyped(facts.settings));
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const { settings, unread } = read(typed);
  const [min, max] = PAYMENT_TERM_DAYS;
  return (
    <SettingCard
      title={t("documents.title")}
      changed={facts.changed}
      now={now}
      lines={unread.length === 0 ? linesOf(settings) : null}
      form={form}
      readOnly={readOnly}
      onSave={() => form.save(unread, () => client.settings.setDocuments.mutate({ seen: facts.mark, settings }))}
    >
      <FieldGroup title={t("documents.issue")}>
        <TypedField
          label={t("documents.documentsFrom")}
          hint={t("documents.documentsFromHint")}
          type="month"
          value={typed.documentsFrom}
          onType={(documentsFrom) => set({ documentsFrom })}
          error={form.problemOf("settings.documentsFrom", t("errors.month"))}
        />
        <TypedField
          label={t("documents.paymentTermDays")}
          hint={t("documents.paymentTermHint")}
          value={typed.paymentTermDays}
          onType={(paymentTermDays) => set({ paymentTermDays })}
          error={form.problemOf("settings.paymentTermDays", t("errors.range", { min, max }))}
        />
      </FieldGroup>
      <FieldGroup title={t("documents.corrections")}>
        <TypedField
          label={t("documents.correctionLimit")}
          mode="decimal"
          value={typed.correctionLimit}
          onType={(correctionLimit) => set({ correctionLimit })}
          error={form.problemOf("settings.correctionLimitMinor", t("errors.sum"))}
        />
      </FieldGroup>
      <FieldGroup title={t("documents.vat")}>
        <Field label={t("documents.advanceVat")}>
          {(control) => (
            <Select
              {...control}
              value={typed.advanceVat}
              onChange={(event) => set({ advanceVat: event.currentTarget.value as AdvanceVat })}
              options={ADVANCE_VAT.map((value) => ({ value, label: t(`documents.whose.${value}`) }))}
            />
          )}
        </Field>
        <Field
          label={t("documents.advanceVatCode")}
          error={form.problemOf("settings.advanceVatCode", t("errors.reason.vat_no_rate"))}
        >
          {(control) => (
            <Select
              {...control}
              value={typed.advanceVatCode}
              onChange={(event) => set({ advanceVatCode: event.currentTarget.value })}
              options={vat.map(({ code, percent }) => ({
                value: code,
                label: t("documents.rate", { code, percent: formatPercent(percent, locale) }),
              }))}
            />
          )}
        </Field>
      </FieldGroup>
    </SettingCard>
  );
}

/** What the settings mean, a sentence each. */
function useDocumentLines(vat: readonly VatChoice[]): (settings: Settings) => string[] {
  const t = useTranslations("settings");
  const locale = useLocale();
  const ofAdvances = ({ advanceVat: whose, advanceVatCode }: Settings) => {
    const percent = vat.find((one) => one.code === advanceVatCode)?.percent ?? 0;
    if (whose === "none") return t("documents.lines.vatNone");
    return percent === 0 ? t("documents.lines.vatZero") : t("documents.lines.vat", { whose, percent });
  };
  return (settings) => {
    const { documentsFrom, paymentTermDays: days, correctionLimitMinor } = settings;
    return [
      documentsFrom === null
        ? t("documents.lines.fromFirst")
        : t("documents.lines.from", { month: formatMonth(documentsFrom, locale).toLocaleLowerCase(locale) }),
      days === 0 ? t("documents.lines.termNone") : t("documents.lines.term", { days: t("daysGen", { days }) }),
      correctionLimitMinor === 0n
        ? t("documents.lines.limitNone")
        : t("documents.lines.limit", { limit: formatMoney(correctionLimitMinor, locale, { kopecks: "whole" }) }),
      ofAdvances(settings),
      t("documents.lines.past"),
    ];
  };
}

interface Typed {
  readonly documentsFrom: string;
  readonly paymentTermDays: string;
  readonly correctionLimit: string;
  readonly advanceVat: AdvanceVat;
  readonly advanceVatCode: string;
}

function toTyped({ documentsFrom, paymentTermDays, correctionLimitMinor, ...vat }: Settings): Typed {
  return {
    ...vat,
    documentsFrom: documentsFrom ?? "",
    paymentTermDays: String(paymentTermDays),
    correctionLimit: amountToType(correctionLimitMinor),
  };
}

/** What was typed as the procedure takes it, and the paths of what cannot be read or is out of bounds. */
function read({ documentsFrom, paymentTermDays, correctionLimit, ...vat }: Typed) {
  const [days, limit] = [typedWhole(paymentTermDays, PAYMENT_TERM_DAYS), typedAmount(correctionLimit)];
  const settings: Settings = {
    ...vat,
    documentsFrom: documentsFrom === "" ? null : documentsFrom,
    paymentTermDays: days ?? 0,
    correctionLimitMinor: limit ?? 0n,
  };
  const unread = [
    ...(days === null ? ["settings.paymentTermDays"] : []),
    ...(limit === null ? ["settings.correctionLimitMinor"] : []),
  ];
  return { settings, unread };
}
