import type { useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import type { Locale } from "@/components/i18n/locale";
import { isFee } from "@/server/domain/subscriptions/constants";
import type { DocumentLine } from "./document-types";

type Words = ReturnType<typeof useTranslations<"documents">>;

/** «Почему столько» in a line: days × rate, discount, version; the very figures that the document holds. */
export function lineWords(line: DocumentLine, t: Words, locale: Locale): string {
  const money = (minor: bigint) => formatMoney(minor, locale);
  if (line.kind === "adjustment") return reasonWords(line.reason, t);
  if (line.kind === "advance") return "";
  if (isFee(line.kind)) return t("sheet.once");
  const parts: string[] = [];
  const { chargedDays, periodDays } = line;
  if (line.kind.startsWith("usage")) parts.push(t("sheet.usage"));
  else if (line.kind === "daily") parts.push(t("sheet.daily", { count: chargedDays ?? 0 }));
  else if (line.kind === "recurring" && chargedDays !== null && periodDays !== null && chargedDays !== periodDays)
    parts.push(t("sheet.days", { fee: money(line.feeMinor), charged: chargedDays, total: periodDays }));
  else parts.push(t("sheet.whole", { fee: money(line.feeMinor) }));
  if (line.discountMinor > 0n) parts.push(t("sheet.discount", { amount: money(line.discountMinor) }));
  parts.push(line.priceVersion === null ? t("sheet.personal") : t("sheet.version", { version: line.priceVersion }));
  return parts.join(" · ");
}

const REASONS = [
  "unused_days",
  "tariff_change",
  "correction",
  "fee_returned",
  "outage",
  "mistake",
  "goodwill",
] as const;

/** Why money was given back; a reason nobody has words for is shown as it is. */
export function reasonWords(reason: string | null, t: Words): string {
  const known = REASONS.find((one) => one === reason);
  return known ? t(`reason.${known}`) : (reason ?? "");
}
