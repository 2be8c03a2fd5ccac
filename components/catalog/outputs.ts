import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures of this module answer. */
type Answers = inferRouterOutputs<AppRouter>["catalog"];
export type TariffList = Answers["tariffs"];
export type ListedTariff = TariffList["rows"][number];
export type TariffFacts = Answers["tariff"];
export type PriceVersion = TariffFacts["tariff"]["prices"][number];
export type Proposal = TariffFacts["proposals"][number];
export type Impact = Answers["impact"];
export type Sample = Impact["samples"][number];
export type Bundles = Answers["bundles"];
export type PromoCodes = Answers["promoCodes"];
export type Changes = Answers["changes"];
export type NamedTariff = Bundles["tariffs"][number];
