import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Outputs = inferRouterOutputs<AppRouter>["runs"];

export type RunList = Outputs["list"];
export type ListedRun = RunList["runs"][number];
export type Run = Outputs["read"];
export type RunAccountPage = Outputs["accounts"];
export type RunAccount = RunAccountPage["accounts"][number];
export type Stage = NonNullable<Run["preview"]>;
