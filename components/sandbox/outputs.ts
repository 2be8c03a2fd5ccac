import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Answers = inferRouterOutputs<AppRouter>["sandbox"];

export type CopyFacts = Answers["read"];
export type ListedCopy = NonNullable<Answers["list"]>[number];

export const SANDBOX_PATH = "/sandbox";
