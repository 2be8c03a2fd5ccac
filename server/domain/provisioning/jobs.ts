import type { Context } from "@/server/platform/context";
import { reconcileServices } from "./reconcile-services";
import { refreshDueServices } from "./refresh-due-services";

/** Looks that a worker takes by itself. `apply_service`, the queue's task, is `applyService`. */
export const PROVISIONING_SCHEDULES = [
  { name: "refresh_due_services", everySeconds: 60, run: (ctx: Context) => refreshDueServices(ctx) },
  { name: "reconcile_services", everySeconds: 60, run: (ctx: Context) => reconcileServices(ctx) },
] as const;
