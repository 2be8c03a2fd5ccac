import { z } from "zod";
import {
  CloseLimitInput,
  closeLimit,
  listLimits,
  OpenLimitInput,
  openLimit,
  readPromisedOffer,
  StartPromiseInput,
  startPromise,
} from "@/server/domain/credit";
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
  /** A promised payment as it may be had now, or why not. */
  promised: protectedProcedure("credit:read")
    .input(AccountInput)
    .query(({ ctx, input }) => readPromisedOffer(ctx, input.accountId)),
  startPromise: protectedProcedure("promise:start")
    .input(StartPromiseInput)
    .mutation(({ ctx, input }) => startPromise(ctx, input)),
});
