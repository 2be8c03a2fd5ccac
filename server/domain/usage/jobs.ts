import type { Context } from "@/server/platform/context";
import { foldUsage } from "./fold-usage";
import { trimAuthentications } from "./trim-authentications";

/** Tasks that run by themselves. */
export const USAGE_SCHEDULES = [
  {
    name: "fold_usage",
    everySeconds: 60,
    run: async (ctx: Context) => {
      await foldUsage(ctx);
    },
  },
  {
    name: "trim_authentications",
    everySeconds: 86_400,
    run: async (ctx: Context) => {
      await trimAuthentications(ctx);
    },
  },
] as const;
