import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures of this module answer. */
type Answers = inferRouterOutputs<AppRouter>["usage"];
export type FaultPage = Answers["faults"];
export type FaultFacts = FaultPage["faults"][number];
export type MeterFacts = Answers["meters"][number];
export type IdentifierFacts = Answers["identifiers"][number];
export type RecordPage = Answers["records"];
