import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";

/** What a pause was refused for, as it came back in the address. */
export type PauseError = { reason: string; value: string };

const WITH_DAY = ["suspension.too_soon", "suspension.too_often", "suspension.too_far", "suspension.return_later"];
const WITH_DAYS = ["suspension.too_short", "suspension.too_long", "suspension.quota_exceeded"];
const PLAIN = [
  "suspension.in_force",
  "suspension.no_early_return",
  "block.not_found",
  "day.malformed",
  "api.too_many_calls",
];

/** The address is anybody's to write: what does not fit its reason is said in general words. */
export function PauseErrorText({ error: { reason, value }, today }: { error: PauseError; today: string }): ReactNode {
  const t = useTranslations("cabinet.pause.error");
  const locale = useLocale();
  const key = reason.split(".")[1] ?? "";
  if (WITH_DAY.includes(reason) && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return t(key as "too_soon", { day: formatDay(value, locale, today) });
  }
  if (WITH_DAYS.includes(reason) && /^\d{1,3}$/.test(value)) return t(key as "too_short", { days: Number(value) });
  if (reason === "suspension.not_enough_money" && /^\d{1,12}$/.test(value)) {
    return t("not_enough_money", { amount: formatMoney(BigInt(value), locale) });
  }
  return PLAIN.includes(reason) ? t(key as "in_force") : t("other");
}
