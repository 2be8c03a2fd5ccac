"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { CatalogDialog, InputRefused } from "./catalog-dialog";
import { DiscountFields } from "./discount-fields";
import type { NamedTariff } from "./outputs";
import { readDiscount, type TypedDiscount } from "./typed-discount";
import { usePriceWords } from "./use-price-words";

export function PublishPromoDialog({ tariffs, today }: { tariffs: readonly NamedTariff[]; today: string }) {
  const t = useTranslations("catalog.promo");
  const bundle = useTranslations("catalog.bundle");
  const errors = useTranslations("catalog.errors");
  const words = usePriceWords(today);
  const client = useTRPCClient();
  const [size, setSize] = useState<TypedDiscount>({ kind: "percent", text: "10" });
  const [typed, setTyped] = useState({
    code: "",
    months: "3",
    from: today,
    to: "",
    totalLimit: "",
    perCustomer: "1",
  });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const field = (
    name: keyof typeof typed,
    label: string,
    rest: { hint?: string; type?: string; need?: boolean } = {},
  ) => (
    <Field label={label} hint={rest.hint} required={rest.need ?? false}>
      {(control) => (
        <Input
          {...control}
          type={rest.type ?? "text"}
          autoComplete="off"
          value={typed[name]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped((before) => ({ ...before, [name]: value }));
          }}
        />
      )}
    </Field>
  );
  const count = (text: string) => {
    if (text.trim() === "") return null;
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) throw new InputRefused(errors("number"));
    return number;
  };
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
      run={async () => {
        const discount = readDiscount(size);
        if (!discount) throw new InputRefused(errors(size.kind));
        await client.catalog.publishPromoCode.mutate({
          code: typed.code,
          ...discount,
          months: count(typed.months),
          validFrom: typed.from,
          validTo: typed.to || null,
          totalLimit: count(typed.totalLimit),
          perCustomerLimit: count(typed.perCustomer) ?? 1,
          tariffIds: [...chosen],
        });
      }}
    >
      {field("code", t("code"), { hint: t("codeHint"), need: true })}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <DiscountFields typed={size} onType={setSize} t={t} />
        {field("from", bundle("from"), { type: "date", need: true })}
        {field("to", bundle("to"), { type: "date", hint: bundle("toHint") })}
        {field("months", t("monthsLabel"), { hint: t("monthsHint") })}
        {field("totalLimit", t("totalLimit"), { hint: t("totalHint") })}
        {field("perCustomer", t("perCustomerLabel"), { need: true })}
      </div>
      <fieldset className="grid gap-1">
        <legend className="text-small font-medium">{t("tariffs")}</legend>
        <p className="text-small text-muted">{t("tariffsHint")}</p>
        <div className="max-h-48 overflow-y-auto">
          {tariffs.map((tariff) => (
            <Checkbox
              key={tariff.id}
              checked={chosen.includes(tariff.id)}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                setChosen((before) => (checked ? [...before, tariff.id] : before.filter((id) => id !== tariff.id)));
              }}
              label={words.name(tariff)}
            />
          ))}
        </div>
      </fieldset>
    </CatalogDialog>
  );
}

export function EndPromoDialog({ promoCodeId, code }: { promoCodeId: string; code: string }) {
  const t = useTranslations("catalog.promo");
  const client = useTRPCClient();
  return (
    <CatalogDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${t("end")}: ${code}`}>
          {t("end")}
        </Button>
      }
      title={t("endTitle", { code })}
      text={t("endText")}
      submit={t("end")}
      busy={t("endBusy")}
      done={t("ended")}
      danger
      run={() => client.catalog.endPromoCode.mutate({ promoCodeId })}
    />
  );
}
