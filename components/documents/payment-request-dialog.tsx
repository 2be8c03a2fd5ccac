"use client";

import { CircleAlert, FileText } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type SubmitEvent, useId, useState } from "react";
import { errorText } from "@/components/i18n/error-text";
import { formatMoney } from "@/components/i18n/format";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { refusalOf } from "@/components/trpc/refusal";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = { accountId: string; recommendedMinor: bigint };

/** A company asks for its «счёт на оплату»; what is made opens at once. One press is one document, however often it is sent. */
export function PaymentRequestDialog({ accountId, recommendedMinor }: Props) {
  const t = useTranslations("documents.request");
  const kinds = useTranslations("errors");
  const locale = useLocale();
  const client = useTRPCClient();
  const router = useRouter();
  const formId = useId();
  const [requestKey] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const amountMinor = typedAmount(String(new FormData(event.currentTarget).get("amount") ?? ""));
    if (amountMinor === null || amountMinor < 1_00n) return setError(t("bad"));
    setBusy(true);
    setError(null);
    try {
      const { slug } = await client.cabinet.requestPayment.mutate({ accountId, amountMinor, requestKey });
      router.push(`/my/documents/${slug}?account=${accountId}`);
    } catch (caught) {
      setError(t("failed", { why: errorText(kinds, refusalOf(caught)?.kind ?? "unavailable") }));
      setBusy(false);
    }
  }

  return (
    <Dialog
      trigger={
        <Button size="s" icon={<FileText aria-hidden="true" />}>
          {t("button")}
        </Button>
      }
      title={t("title")}
      description={t("text")}
      footer={
        <Button type="submit" form={formId} size="s" kind="primary" busy={busy && t("busy")}>
          {t("submit")}
        </Button>
      }
    >
      <form id={formId} onSubmit={onSubmit} className="grid gap-3">
        <Field
          label={t("amount")}
          {...(recommendedMinor > 0n && { hint: t("hint", { amount: formatMoney(recommendedMinor, locale) }) })}
          required
        >
          {(control) => (
            <Input
              {...control}
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              defaultValue={recommendedMinor > 0n ? amountToType(recommendedMinor) : ""}
            />
          )}
        </Field>
        <p role="alert" className="flex items-start gap-1.5 text-small text-danger empty:hidden">
          {error ? (
            <>
              <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <span>{error}</span>
            </>
          ) : null}
        </p>
      </form>
    </Dialog>
  );
}
