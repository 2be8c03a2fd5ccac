"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { CatalogDialog } from "./catalog-dialog";
import type { PriceVersion } from "./outputs";
import { usePriceWords } from "./use-price-words";

type Price = Pick<PriceVersion, "feeMinor" | "periodMonths" | "chargeMethod" | "newFrom" | "existingFrom">;

/** What a second person does with a proposal. */
export function DecisionDialogs({ proposalId, price, today }: { proposalId: string; price: Price; today: string }) {
  const t = useTranslations("catalog.proposal");
  const words = usePriceWords(today);
  const client = useTRPCClient();
  const [reason, setReason] = useState("");
  return (
    <>
      <CatalogDialog
        trigger={<Button kind="primary">{t("approve")}</Button>}
        title={t("approveTitle")}
        text={t("approveText", {
          fee: words.fee(price),
          newFrom: words.day(price.newFrom),
          existing: price.existingFrom
            ? t("approveExisting", { day: words.day(price.existingFrom) })
            : t("approveNever"),
        })}
        submit={t("approve")}
        busy={t("approveBusy")}
        done={t("approved")}
        run={() => client.catalog.approve.mutate({ proposalId })}
      />
      <CatalogDialog
        trigger={<Button>{t("reject")}</Button>}
        title={t("rejectTitle")}
        text={t("rejectText")}
        submit={t("reject")}
        busy={t("rejectBusy")}
        done={t("rejected")}
        danger
        run={() => client.catalog.reject.mutate({ proposalId, reason })}
      >
        <Field label={t("reason")} required>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              minLength={3}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
      </CatalogDialog>
    </>
  );
}

/** What its author does. */
export function WithdrawDialog({ proposalId }: { proposalId: string }) {
  const t = useTranslations("catalog.proposal");
  const client = useTRPCClient();
  return (
    <CatalogDialog
      trigger={<Button>{t("withdraw")}</Button>}
      title={t("withdrawTitle")}
      text={t("withdrawText")}
      submit={t("withdraw")}
      busy={t("withdrawBusy")}
      done={t("withdrawn")}
      danger
      run={() => client.catalog.withdraw.mutate({ proposalId })}
    />
  );
}
