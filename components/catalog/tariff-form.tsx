"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { showToast } from "@/components/ui/toast";
import { TARIFF_KINDS, type TariffKind, VAT_CODES, type VatCode } from "@/server/domain/catalog/constants";
import { FormEnd } from "./form-end";
import { FormPart, PriceFields, readPrice, typedPriceOf } from "./price-fields";
import { useCatalogForm } from "./use-catalog-form";
import { usePriceWords } from "./use-price-words";

const KBPS = 1_000;

/** A tariff that is not there yet, with its first price: nobody is sold it before a second person has looked. */
export function TariffForm({ today, tomorrow }: { today: string; tomorrow: string }) {
  const t = useTranslations("catalog.create");
  const errors = useTranslations("catalog.errors");
  const words = usePriceWords(today);
  const client = useTRPCClient();
  const router = useRouter();
  const form = useCatalogForm();
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const [price, setPrice] = useState(() => typedPriceOf(null, tomorrow));
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const isBoost = typed.kind === "option" && typed.isBoost;
  const hasSpeed = typed.kind === "internet" || isBoost;

  function create(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const first = readPrice(isBoost ? { ...price, chargeMethod: "one_off" } : price, true);
    const { tariff, unread } = read(typed, { isBoost, hasSpeed });
    void form.send(
      [...unread, ...first.unread.map((name) => `price.${name}`)],
      () => client.catalog.createTariff.mutate({ ...tariff, price: first.price }),
      ({ tariffId }) => {
        showToast({ tone: "ok", title: t("done") });
        router.push(`/catalog/${tariffId}`);
        router.refresh();
      },
    );
  }

  const text = (
    name: Text,
    own: string,
    rest: { hint?: string; need?: boolean; mode?: "decimal" | "numeric"; path?: string } = {},
  ) => (
    <Field label={t(name)} hint={rest.hint} error={form.problemOf(rest.path ?? name, own)} required={rest.need ?? true}>
      {(control) => (
        <Input
          {...control}
          inputMode={rest.mode}
          autoComplete="off"
          maxLength={120}
          value={typed[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );

  return (
    <form onSubmit={create} noValidate className="grid max-w-3xl gap-3.5">
      <FormPart title={t("what")}>
        <Field label={t("kind")}>
          {(control) => (
            <Select
              {...control}
              value={typed.kind}
              onChange={(event) => {
                const kind = event.currentTarget.value as TariffKind;
                // The account in the books follows the kind until somebody types their own.
                set({ kind, ...(typed.revenue === typed.kind && { revenue: kind }) });
              }}
              options={TARIFF_KINDS.map((kind) => ({ value: kind, label: words.kind(kind) }))}
            />
          )}
        </Field>
        {text("code", errors("code"), { hint: t("codeHint") })}
        {text("nameRu", errors("name"))}
        {text("nameEn", errors("name"))}
        {typed.kind === "option" ? (
          <Checkbox
            className="sm:col-span-2"
            checked={typed.isBoost}
            onChange={(event) => set({ isBoost: event.currentTarget.checked })}
            label={t("isBoost")}
            hint={t("isBoostHint")}
          />
        ) : null}
        {hasSpeed ? (
          <>
            {text("down", errors("speed"), { mode: "decimal", path: "downKbps" })}
            {text("up", errors("speed"), { mode: "decimal", path: "upKbps" })}
          </>
        ) : null}
        {isBoost ? text("hours", errors("hours"), { mode: "numeric", path: "boostHours" }) : null}
        <Checkbox
          className="sm:col-span-2"
          checked={typed.isPublic}
          onChange={(event) => set({ isPublic: event.currentTarget.checked })}
          label={t("isPublic")}
          hint={t("isPublicHint")}
        />
      </FormPart>

      <FormPart title={t("books")}>
        <Field label={t("vat")} error={form.problemOf("vatCode", errors("reason.vat_no_rate"))}>
          {(control) => (
            <Select
              {...control}
              value={typed.vatCode}
              onChange={(event) => set({ vatCode: event.currentTarget.value as VatCode })}
              options={VAT_CODES.map((code) => ({ value: code, label: t(`vatCode.${code}`) }))}
            />
          )}
        </Field>
        {text("revenue", errors("revenue"), { hint: t("revenueHint"), path: "revenueCode" })}
      </FormPart>

      <PriceFields
        typed={isBoost ? { ...price, chargeMethod: "one_off" } : price}
        isOnce={isBoost}
        set={(change) => setPrice((before) => ({ ...before, ...change }))}
        now={null}
        today={today}
        isFirst
        problemOf={(name, own) => form.problemOf(`price.${name}`, own) ?? form.problemOf(name, own)}
      />
      <FormEnd text={form.refused?.text ?? null} submit={t("submit")} busy={form.running && t("busy")} />
    </form>
  );
}

type Text = "code" | "nameRu" | "nameEn" | "down" | "up" | "hours" | "revenue";
type Typed = Readonly<Record<Text, string>> & {
  readonly kind: TariffKind;
  readonly isBoost: boolean;
  readonly isPublic: boolean;
  readonly vatCode: VatCode;
};

const EMPTY: Typed = {
  ...{ code: "", nameRu: "", nameEn: "", down: "", up: "", hours: "24", revenue: "internet" },
  ...{ kind: "internet", isBoost: false, isPublic: true, vatCode: "standard" },
};

/** What was typed as the procedure takes it, and the paths of what cannot be read. */
function read(typed: Typed, { isBoost, hasSpeed }: { isBoost: boolean; hasSpeed: boolean }) {
  const unread: string[] = [];
  const number = (path: string, text: string, factor: number) => {
    const value = Math.round(Number(text.trim().replace(",", ".")) * factor);
    if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
    unread.push(path);
    return null;
  };
  const { code, nameRu, nameEn, kind, isPublic, vatCode } = typed;
  for (const name of ["code", "nameRu", "nameEn"] as const) if (typed[name].trim() === "") unread.push(name);
  const tariff = {
    ...{ nameRu, nameEn, kind, isPublic, vatCode },
    code: code.trim(),
    downKbps: hasSpeed ? number("downKbps", typed.down, KBPS) : null,
    upKbps: hasSpeed ? number("upKbps", typed.up, KBPS) : null,
    boostHours: isBoost ? number("boostHours", typed.hours, 1) : null,
    revenueCode: `revenue:${typed.revenue.trim()}`,
  };
  return { tariff, unread };
}
