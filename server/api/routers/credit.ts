import { z } from "zod";
import { CloseLimitInput, closeLimit, listLimits, OpenLimitInput, openLimit } from "@/server/domain/credit";
import { protectedProcedure, router } from "../trpc";

const AccountInput = z.object({ accountId: z.uuid() });

export const creditRouter = router({
  limits: protectedProcedure("credit:read")
    .input(AccountInput)
    .query(({ ctx, input }) => listLimits(ctx, input.accountId)),
  openLimit: protectedProcedure("credit:open")
    .input(OpenLimitInput)
    .mutation(({ ctx, input }) => openLimit(ctx, input)),
  closeLimit: protectedProcedure("credit:open")
    .input(CloseLimitInput)
    .mutation(({ ctx, input }) => closeLimit(ctx, input)),
});
