import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures of this module answer. */
type Answers = inferRouterOutputs<AppRouter>["reminders"];
export type LadderFacts = Answers["ladder"];
export type StepFacts = LadderFacts["steps"][number];
export type TemplateFacts = LadderFacts["templates"][number];
export type DueFacts = Answers["due"];
export type MessageFacts = Answers["log"]["messages"][number];
export type ExceptionFacts = Answers["exceptions"][number];
