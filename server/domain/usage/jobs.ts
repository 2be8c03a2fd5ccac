import type { Context } from "@/server/platform/context";
import { dropAuthentications } from "./drop-authentications";
import { recordUsage } from "./record-usage";

/** Looks that a worker takes by itself. */
export const USAGE_SCHEDULES = [
  { name: "record_usage", everySeconds: 60, run: (ctx: Context) => recordUsage(ctx) },
  { name: "drop_authentications", everySeconds: 86_400, run: (ctx: Context) => dropAuthentications(ctx) },
] as const;
