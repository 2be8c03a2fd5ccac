import type { Locale } from "@/components/i18n/locale";

/** Tariffs are published under two names. */
export function tariffName(tariff: { nameRu: string; nameEn: string }, locale: Locale): string {
  return locale === "ru" ? tariff.nameRu : tariff.nameEn;
}

/** The same of a charge, which carries the names its tariff had. */
export function chargedTariffName(charge: { tariffNameRu: string; tariffNameEn: string }, locale: Locale): string {
  return tariffName({ nameRu: charge.tariffNameRu, nameEn: charge.tariffNameEn }, locale);
}
