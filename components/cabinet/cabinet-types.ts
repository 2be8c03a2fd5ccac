import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Outputs = inferRouterOutputs<AppRouter>;

export type CabinetHome = Outputs["cabinet"]["home"];
export type CabinetProfile = Outputs["cabinet"]["profile"];
export type CabinetPause = Outputs["cabinet"]["pause"];
export type OwnAccount = Outputs["cabinet"]["accounts"][number];
export type Statement = Outputs["cabinet"]["operations"];
export type Operation = Outputs["cabinet"]["operations"]["operations"][number];
export type PaymentProgress = Outputs["payments"]["read"];
export type SignedInDevice = Outputs["session"]["list"][number];
