import { z } from "zod";
import {
  AddOnInput,
  readAddOnPreview,
  readAddOns,
  StartAddOnInput,
  StartBoostInput,
  startAddOn,
  startBoost,
} from "@/server/domain/runs";
import { EndAddOnInput, endAddOn, RedeemPromoCodeInput, redeemPromoCode } from "@/server/domain/subscriptions";
import { protectedProcedure, router } from "../trpc";

/** What a subscriber switches in the cabinet and an agent on the subscriber's page, by the same verbs. */
export const addOnsRouter = router({
  list: protectedProcedure("addon:switch")
    .input(z.object({ accountId: z.uuid() }))
    .query(({ ctx, input }) => readAddOns(ctx, input.accountId)),
  preview: protectedProcedure("addon:switch")
    .input(AddOnInput)
    .query(({ ctx, input }) => readAddOnPreview(ctx, input)),
  start: protectedProcedure("addon:switch")
    .input(StartAddOnInput)
    .mutation(({ ctx, input }) => startAddOn(ctx, input)),
  end: protectedProcedure("addon:switch")
    .input(EndAddOnInput)
    .mutation(({ ctx, input }) => endAddOn(ctx, input)),
  boost: protectedProcedure("addon:switch")
    .input(StartBoostInput)
    .mutation(({ ctx, input }) => startBoost(ctx, input)),
  redeem: protectedProcedure("promo:redeem")
    .input(RedeemPromoCodeInput)
    .mutation(({ ctx, input }) => redeemPromoCode(ctx, input)),
});
