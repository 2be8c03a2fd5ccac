import type { Context } from "@/server/platform/context";
import { applyService } from "./apply-service";
import type { NetworkContext } from "./internal";
import { reconcileServices } from "./reconcile-services";
import { refreshDueServices } from "./refresh-due-services";
import { ServiceInput } from "./schema";

/** Tasks of the queue: what runs under a name, with the payload it was enqueued with. */
export const PROVISIONING_TASKS = [
  {
    name: "apply_service",
    run: async (ctx: NetworkContext, payload: unknown) => {
      await applyService(ctx, ServiceInput.parse(payload));
    },
  },
] as const;

/** Tasks that run by themselves. */
export const PROVISIONING_SCHEDULES = [
  {
    name: "refresh_due_services",
    everySeconds: 60,
    run: async (ctx: Context) => {
      await refreshDueServices(ctx);
    },
  },
  {
    name: "reconcile_services",
    everySeconds: 60,
    run: async (ctx: Context) => {
      await reconcileServices(ctx);
    },
  },
] as const;
