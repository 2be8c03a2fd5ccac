import type { Context } from "@/server/platform/context";
import { dropMessages } from "./drop-messages";

/** A look that a worker takes by itself. `send_message`, the queue's task, is `sendMessage`. */
export const NOTIFICATION_SCHEDULES = [
  { name: "drop_messages", everySeconds: 30, run: (ctx: Context) => dropMessages(ctx) },
] as const;
