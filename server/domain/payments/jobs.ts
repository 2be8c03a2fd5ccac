import type { Context } from "@/server/platform/context";
import { dropTerminalRequests } from "./drop-terminal-requests";

/** Looks that a worker takes by itself. */
export const PAYMENT_SCHEDULES = [
  { name: "drop_terminal_requests", everySeconds: 86_400, run: (ctx: Context) => dropTerminalRequests(ctx) },
] as const;
