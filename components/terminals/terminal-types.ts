import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures of this module answer. */
type Answers = inferRouterOutputs<AppRouter>["terminals"];
export type TerminalFacts = Answers["list"][number];
export type RequestFacts = Answers["requests"][number];
export type LoginFacts = Answers["add"];
