import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Answers = inferRouterOutputs<AppRouter>["addOns"];
export type AddOns = Answers["list"];
export type Offer = AddOns["addOns"][number];
export type ConnectedAddOn = AddOns["connected"][number];
export type AddOnPreview = Answers["preview"];
export type ActiveDiscount = AddOns["discounts"][number];
