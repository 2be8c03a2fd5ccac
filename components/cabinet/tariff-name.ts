import type { Locale } from "@/components/i18n/locale";

/** Tariffs are published under two names; a charge has its tariff's, or its fee's. */
export function tariffName(tariff: { nameRu: string; nameEn: string }, locale: Locale): string {
  return locale === "ru" ? tariff.nameRu : tariff.nameEn;
}
