import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Answers = inferRouterOutputs<AppRouter>["tariffChanges"];
export type AccountTariffs = Answers["tariffs"];
export type AccountTariff = AccountTariffs["tariffs"][number];
export type TariffChoices = Answers["choices"];
export type TariffChoice = TariffChoices["choices"][number];
export type TariffChange = Answers["preview"];
export type ChangeTime = TariffChoice["times"][number];
