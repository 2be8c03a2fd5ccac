import type { Context } from "@/server/platform/context";
import { dropOldLimits } from "@/server/platform/rate-limit";

/** Looks that the worker takes by itself. */
export const IDENTITY_SCHEDULES = [
  { name: "drop_old_limits", everySeconds: 3_600, run: (ctx: Context) => dropOldLimits(ctx) },
] as const;
