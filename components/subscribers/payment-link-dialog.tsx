"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type SubmitEvent, useId, useRef, useState } from "react";
import { CopyId } from "@/components/blocks/copy-id";
import { formatMoney } from "@/components/i18n/format";
import { useTRPCClient } from "@/components/trpc/context";
import { Button, buttonStyle } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR } from "@/server/domain/payments/constants";
import { amountToType, typedAmount } from "./typed-amount";
import { useErrorWords } from "./use-error-words";

type Props = {
  accountId: string;
  accountNumber: string;
  recommendedMinor: bigint;
  kind: "primary" | "secondary";
};
type Made = { amountMinor: bigint; url: string | null };

/** A payment made for the subscriber to pay: a link to send. One press is one payment, however often it is repeated. */
export function PaymentLinkDialog({ accountId, accountNumber, recommendedMinor, kind }: Props) {
  const t = useTranslations("subscribers.pay");
  const errors = useTranslations("subscribers.errors");
  const close = useTranslations("subscribers.dialog");
  const words = useErrorWords();
  const locale = useLocale();
  const client = useTRPCClient();
  const router = useRouter();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const key = useRef({ amountMinor: 0n, requestKey: "" });
  const money = (minor: bigint) => formatMoney(minor, locale, { kopecks: "whole" });

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const amountMinor = typedAmount(String(new FormData(event.currentTarget).get("amount") ?? ""));
    if (amountMinor === null) return setError(errors("amount"));
    if (amountMinor < MIN_PAYMENT_MINOR || amountMinor > MAX_PAYMENT_MINOR) {
      return setError(t("amountRange", { min: money(MIN_PAYMENT_MINOR), max: money(MAX_PAYMENT_MINOR) }));
    }
    if (key.current.amountMinor !== amountMinor) key.current = { amountMinor, requestKey: crypto.randomUUID() };
    setBusy(true);
    setError(null);
    try {
      const started = await client.payments.start.mutate({ accountId, ...key.current });
      setMade({ amountMinor, url: started.confirmationUrl });
      router.refresh();
    } catch (caught) {
      setError(words(caught));
    } finally {
      setBusy(false);
    }
  }

  const again = () => {
    key.current = { amountMinor: 0n, requestKey: "" };
    setMade(null);
    setError(null);
  };

  return (
    <Dialog
      trigger={
        <Button kind={kind} size="s">
          {t("button")}
        </Button>
      }
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) again();
      }}
      title={t("title")}
      description={t("text", { number: accountNumber })}
      footer={
        made ? (
          <>
            <Button size="s" kind="ghost" onClick={again}>
              {t("another")}
            </Button>
            <DialogClose
              render={
                <Button size="s" kind="primary">
                  {close("done")}
                </Button>
              }
            />
          </>
        ) : (
          <>
            <DialogClose render={<Button size="s">{close("cancel")}</Button>} />
            <Button type="submit" form={formId} size="s" kind="primary" busy={busy && t("busy")}>
              {t("submit")}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <PaymentLink made={made} amount={money(made.amountMinor)} />
      ) : (
        <form id={formId} onSubmit={submit}>
          <Field
            label={t("amount")}
            hint={
              recommendedMinor > 0n
                ? t("amountHint", { amount: money(recommendedMinor) })
                : t("amountRange", { min: money(MIN_PAYMENT_MINOR), max: money(MAX_PAYMENT_MINOR) })
            }
            error={error}
            required
          >
            {(control) => (
              <Input
                {...control}
                name="amount"
                inputMode="decimal"
                autoComplete="off"
                defaultValue={recommendedMinor >= MIN_PAYMENT_MINOR ? amountToType(recommendedMinor) : ""}
              />
            )}
          </Field>
        </form>
      )}
    </Dialog>
  );
}

function PaymentLink({ made, amount }: { made: Made; amount: string }) {
  const t = useTranslations("subscribers.pay");
  if (!made.url) {
    return (
      <p role="status" className="flex items-start gap-2 rounded-control bg-warn-soft px-3.5 py-2.5 text-small">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
        {t("unknown")}
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      <p role="status" className="font-semibold">
        {t("ready", { amount })}
      </p>
      <p className="card min-w-0 px-3 py-2">
        <CopyId value={made.url} what={t("what")} />
      </p>
      <p className="text-small text-muted">{t("valid")}</p>
      <a
        href={made.url}
        target="_blank"
        rel="noreferrer"
        className={buttonStyle({ size: "s", class: "justify-self-start" })}
      >
        {t("open")}
      </a>
    </div>
  );
}
