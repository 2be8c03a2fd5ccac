import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures of this module answer. */
type Answers = inferRouterOutputs<AppRouter>["bank"];
export type CreditPage = Answers["credits"];
export type CreditFacts = CreditPage["credits"][number];
export type OwnAccountsFacts = Answers["ownAccounts"];
