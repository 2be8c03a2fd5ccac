import { readCatalog, type VatRate, vatPercentOn } from "@/server/domain/catalog";
import { readPromisedSetting } from "@/server/domain/credit";
import { readDocumentSettings } from "@/server/domain/invoices";
import { readSuspensionSetting } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";

/** Everything that the operator has said about billing, and what the forms choose from. */
export async function readBillingSettings(ctx: Context) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [promised, suspension, documents, { tariffs, vatRates }] = await Promise.all([
    readPromisedSetting(ctx),
    readSuspensionSetting(ctx),
    readDocumentSettings(ctx),
    readCatalog(ctx),
  ]);
  return {
    today,
    promised,
    suspension,
    documents,
    /** Whose holders may be promised a payment. */
    tariffs: [...tariffs.values()]
      .filter((tariff) => tariff.boostHours === null)
      .map(({ code, nameRu, nameEn }) => ({ code, nameRu, nameEn })),
    vat: ratesOn(vatRates, today),
  };
}

/** The codes that have a rate on a day, the highest first. */
export function ratesOn(rates: readonly VatRate[], day: Day) {
  const codes = new Set(rates.filter((rate) => rate.validFrom <= day).map((rate) => rate.code));
  return [...codes]
    .map((code) => ({ code, percent: vatPercentOn(rates, code, day) }))
    .sort((a, b) => b.percent - a.percent || (a.code < b.code ? -1 : 1));
}
