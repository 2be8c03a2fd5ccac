import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures of this module answer. */
export type BillingSettings = inferRouterOutputs<AppRouter>["settings"]["read"];
export type PromisedFacts = BillingSettings["promised"];
export type SuspensionFacts = BillingSettings["suspension"];
export type DocumentFacts = BillingSettings["documents"];
export type SettingChange = PromisedFacts["changed"];
export type VatChoice = BillingSettings["vat"][number];
export type PayableTariff = BillingSettings["tariffs"][number];
