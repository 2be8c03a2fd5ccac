"use client";

import { useTranslations } from "next-intl";
import { type ReactElement, useState } from "react";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { CHANGE_TIMINGS, type ChangeDirection, type ChangeTiming } from "@/server/domain/catalog/constants";
import { CatalogDialog, InputRefused } from "./catalog-dialog";

type Terms = { allowed: boolean; feeMinor: bigint | null; timing: ChangeTiming | null };

const isTiming = (value: string): value is ChangeTiming => CHANGE_TIMINGS.some((timing) => timing === value);

/** One of the three general rules. */
export function ChangeDefaultDialog({ direction, terms }: { direction: ChangeDirection; terms: Terms }) {
  const t = useTranslations("catalog.changes");
  const client = useTRPCClient();
  const fields = useTerms(terms, false);
  return (
    <CatalogDialog
      trigger={
        <Button size="s" aria-label={`${t("edit")}: ${t(direction)}`}>
          {t("edit")}
        </Button>
      }
      title={t(direction)}
      text={t("consequence")}
      submit={t("save")}
      busy={t("saving")}
      done={t("saved")}
      onOpen={fields.reset}
      run={() => {
        const { allowed, feeMinor, timing } = fields.read();
        return client.catalog.setChangeDefault.mutate({
          direction,
          allowed,
          feeMinor: feeMinor ?? 0n,
          timing: timing ?? "either",
        });
      }}
    >
      {fields.controls}
    </CatalogDialog>
  );
}

type PairProps = {
  fromTariffId: string;
  toTariffId: string;
  pair: string;
  /** What holds now, the pair's own or the direction's. */
  shown: { allowed: boolean };
  own: Terms | null;
  trigger: ReactElement;
};

/** A pair's own words; taking them away brings the general rule back. */
export function ChangePairDialog({ fromTariffId, toTariffId, pair, shown, own, trigger }: PairProps) {
  const t = useTranslations("catalog.changes");
  const client = useTRPCClient();
  const [isOwn, setOwn] = useState(true);
  const fields = useTerms(own ?? { allowed: shown.allowed, feeMinor: null, timing: null }, true);
  return (
    <CatalogDialog
      trigger={trigger}
      title={pair}
      text={t("pairText")}
      submit={isOwn ? t("save") : t("reset")}
      busy={t("saving")}
      done={isOwn ? t("saved") : t("resetDone")}
      onOpen={() => {
        setOwn(true);
        fields.reset();
      }}
      run={() => client.catalog.setChangePair.mutate({ fromTariffId, toTariffId, terms: isOwn ? fields.read() : null })}
    >
      {own ? (
        <Checkbox checked={isOwn} onChange={(event) => setOwn(event.currentTarget.checked)} label={t("own")} />
      ) : null}
      {isOwn ? fields.controls : null}
    </CatalogDialog>
  );
}

function useTerms(terms: Terms, mayInherit: boolean) {
  const t = useTranslations("catalog.changes");
  const errors = useTranslations("catalog.errors");
  const start = () => ({
    allowed: terms.allowed,
    fee: terms.feeMinor === null ? "" : amountToType(terms.feeMinor),
    timing: terms.timing ?? "",
  });
  const [typed, setTyped] = useState(start);
  return {
    reset: () => setTyped(start()),
    read: (): Terms => {
      const feeMinor = typed.fee.trim() === "" ? null : typedAmount(typed.fee);
      if (feeMinor === null && (typed.fee.trim() !== "" || !mayInherit)) throw new InputRefused(errors("amount"));
      return { allowed: typed.allowed, feeMinor, timing: isTiming(typed.timing) ? typed.timing : null };
    },
    controls: (
      <>
        <Checkbox
          checked={typed.allowed}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setTyped((before) => ({ ...before, allowed: checked }));
          }}
          label={t("allowed")}
        />
        {typed.allowed ? (
          <>
            <Field label={t("fee")} hint={mayInherit ? t("asDirection") : undefined} required={!mayInherit}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  autoComplete="off"
                  value={typed.fee}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setTyped((before) => ({ ...before, fee: value }));
                  }}
                />
              )}
            </Field>
            <Field label={t("timing")}>
              {(control) => (
                <Select
                  {...control}
                  value={typed.timing}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setTyped((before) => ({ ...before, timing: value }));
                  }}
                  options={[
                    ...(mayInherit ? [{ value: "", label: t("asDirection") }] : []),
                    ...CHANGE_TIMINGS.map((timing) => ({ value: timing, label: t(`timings.${timing}`) })),
                  ]}
                />
              )}
            </Field>
          </>
        ) : null}
      </>
    ),
  };
}
