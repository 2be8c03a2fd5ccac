import type { Context } from "@/server/platform/context";
import { endDueLimits } from "./end-due-limits";

/** Looks that a worker takes by itself. */
export const CREDIT_SCHEDULES = [
  { name: "end_due_limits", everySeconds: 30, run: (ctx: Context) => endDueLimits(ctx) },
] as const;
