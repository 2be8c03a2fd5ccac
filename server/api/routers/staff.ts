import { may, type Permission, POLICY } from "@/server/domain/identity";
import { protectedProcedure, router } from "../trpc";

export const staffRouter = router({
  /** Who works here and what the policy lets them do, so that screens show no button that would refuse. */
  me: protectedProcedure("staff:home").query(({ ctx }) => ({
    name: ctx.actor.kind === "user" ? ctx.actor.name : "",
    role: ctx.actor.kind === "user" ? ctx.actor.role : "admin",
    allowed: (Object.keys(POLICY) as Permission[]).filter((permission) => may(ctx.actor, permission)),
  })),
});
