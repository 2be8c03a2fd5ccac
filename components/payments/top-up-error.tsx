import { CircleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR } from "@/server/domain/payments/constants";
import type { TopUpState } from "./top-up-state";

type Props = { id: string; error: NonNullable<TopUpState["error"]> };

/** Why the payment did not start, what was not lost, what to do. Red alone would be lost on the night card: it says so in words. */
export function TopUpError({ id, error }: Props) {
  const t = useTranslations("payments.errors");
  const locale = useLocale();
  const values = {
    min: formatMoney(MIN_PAYMENT_MINOR, locale, { kopecks: "whole" }),
    max: formatMoney(MAX_PAYMENT_MINOR, locale, { kopecks: "whole" }),
    minutes: error.minutes ?? 1,
  };
  const reason = error.reason.replaceAll(".", "_");
  const known = KNOWN.find((key) => key === reason) ?? "unexpected";
  return (
    <p
      id={id}
      role="alert"
      className="flex items-start gap-2 rounded-control bg-danger-soft px-3 py-2 text-small text-danger"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{t(known, values)}</span>
    </p>
  );
}

const KNOWN = [
  "payment_amount_malformed",
  "payment_amount_too_small",
  "payment_amount_too_large",
  "payment_key_reused",
  "rate_limited",
  "offline",
] as const;
