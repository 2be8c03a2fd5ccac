import type { Locale } from "@/components/i18n/locale";

/** A tariff has its name in each language. */
export function tariffName(tariff: { nameRu: string; nameEn: string }, locale: Locale): string {
  return locale === "ru" ? tariff.nameRu : tariff.nameEn;
}
