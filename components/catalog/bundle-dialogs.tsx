"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { CatalogDialog, InputRefused } from "./catalog-dialog";
import type { NamedTariff } from "./outputs";
import { typedPercent } from "./typed-percent";
import { usePriceWords } from "./use-price-words";

type TypedPart = { key: number; tariffId: string; discount: string };

export function PublishBundleDialog({ tariffs, today }: { tariffs: readonly NamedTariff[]; today: string }) {
  const t = useTranslations("catalog.bundle");
  const errors = useTranslations("catalog.errors");
  const words = usePriceWords(today);
  const client = useTRPCClient();
  const [typed, setTyped] = useState({ code: "", nameRu: "", nameEn: "", from: today, to: "" });
  const [parts, setParts] = useState<TypedPart[]>(() =>
    tariffs.slice(0, 2).map(({ id }, key) => ({ key, tariffId: id, discount: "10" })),
  );
  const set = (name: keyof typeof typed) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const change = (key: number, to: Partial<TypedPart>) =>
    setParts((before) => before.map((part) => (part.key === key ? { ...part, ...to } : part)));
  const text = (name: keyof typeof typed, label: string, hint?: string) => (
    <Field label={label} hint={hint} required={name !== "to"}>
      {(control) => (
        <Input
          {...control}
          type={name === "from" || name === "to" ? "date" : "text"}
          autoComplete="off"
          maxLength={120}
          value={typed[name]}
          onChange={set(name)}
        />
      )}
    </Field>
  );
  return (
    <CatalogDialog
      trigger={
        <Button kind="primary" size="s" icon={<Plus aria-hidden="true" />}>
          {t("create")}
        </Button>
      }
      title={t("createTitle")}
      text={t("createText")}
      submit={t("submit")}
      busy={t("createBusy")}
      done={t("created")}
      run={() => {
        const read = parts.map(({ tariffId, discount }) => ({ tariffId, discountBp: typedPercent(discount) }));
        const sound = read.flatMap(({ tariffId, discountBp }) =>
          discountBp === null ? [] : [{ tariffId, discountBp }],
        );
        if (sound.length < read.length) throw new InputRefused(errors("percent"));
        const { from: validFrom, to, ...named } = typed;
        return client.catalog.publishBundle.mutate({ ...named, validFrom, validTo: to || null, parts: sound });
      }}
    >
      {text("code", t("code"), t("codeHint"))}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {text("nameRu", t("nameRu"))}
        {text("nameEn", t("nameEn"))}
        {text("from", t("from"))}
        {text("to", t("to"), t("toHint"))}
      </div>
      {parts.map((part, index) => (
        <div key={part.key} className="grid grid-cols-[minmax(0,1fr)_7rem] items-start gap-3">
          <Field label={t("part", { position: index + 1 })}>
            {(control) => (
              <Select
                {...control}
                value={part.tariffId}
                onChange={(event) => change(part.key, { tariffId: event.currentTarget.value })}
                options={tariffs.map((tariff) => ({ value: tariff.id, label: words.name(tariff) }))}
              />
            )}
          </Field>
          <Field label={t("discount")} required>
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                value={part.discount}
                onChange={(event) => change(part.key, { discount: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      ))}
      <div>
        <Button
          size="s"
          icon={<Plus aria-hidden="true" />}
          disabled={parts.length >= Math.min(20, tariffs.length)}
          onClick={() => setParts((before) => [...before, nextPart(before, tariffs)])}
        >
          {t("addPart")}
        </Button>
      </div>
    </CatalogDialog>
  );
}

/** A tariff that is not there yet. */
function nextPart(parts: readonly TypedPart[], tariffs: readonly NamedTariff[]): TypedPart {
  const free = tariffs.find(({ id }) => parts.every((part) => part.tariffId !== id)) ?? tariffs[0];
  return { key: Math.max(-1, ...parts.map((part) => part.key)) + 1, tariffId: free?.id ?? "", discount: "10" };
}

export function EndBundleDialog({ bundleId, name, today }: { bundleId: string; name: string; today: string }) {
  const t = useTranslations("catalog.bundle");
  const client = useTRPCClient();
  const [validTo, setValidTo] = useState(today);
  return (
    <CatalogDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${t("end")}: ${name}`}>
          {t("end")}
        </Button>
      }
      title={t("endTitle", { name })}
      text={t("endText")}
      submit={t("end")}
      busy={t("endBusy")}
      done={t("ended")}
      danger
      run={() => client.catalog.endBundle.mutate({ bundleId, validTo })}
    >
      <Field label={t("to")} hint={t("endOn")} required>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={today}
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
          />
        )}
      </Field>
    </CatalogDialog>
  );
}
