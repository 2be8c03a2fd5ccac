import { z } from "zod";
import {
  ApprovePriceInput,
  approvePrice,
  CreateTariffInput,
  createTariff,
  EndBundleInput,
  EndPromoCodeInput,
  endBundle,
  endPromoCode,
  endSale,
  PublishBundleInput,
  PublishPriceInput,
  PublishPromoCodeInput,
  proposePrice,
  publishBundle,
  publishPromoCode,
  RejectPriceInput,
  rejectPrice,
  reopenSale,
  SetChangeDefaultInput,
  SetChangePairInput,
  setChangeDefault,
  setChangePair,
  TariffInput,
  withdrawPrice,
} from "@/server/domain/catalog";
import { ImpactInput, readImpact } from "../catalog/read-impact";
import { readBundles, readChanges, readPromoCodes } from "../catalog/read-offers";
import { readTariff, readTariffs, TariffFilterInput } from "../catalog/read-tariffs";
import { protectedProcedure, router } from "../trpc";

export const catalogRouter = router({
  tariffs: protectedProcedure("catalog:read")
    .input(TariffFilterInput)
    .query(({ ctx, input }) => readTariffs(ctx, input)),
  tariff: protectedProcedure("catalog:read")
    .input(z.object({ tariffId: z.uuid() }))
    .query(({ ctx, input }) => readTariff(ctx, input.tariffId)),
  /** Whom a proposed price would reach, when, and what it would earn. */
  impact: protectedProcedure("catalog:read")
    .input(ImpactInput)
    .query(({ ctx, input }) => readImpact(ctx, input)),
  /** A new tariff with its first price, which a second person publishes. */
  createTariff: protectedProcedure("tariff:propose")
    .input(CreateTariffInput)
    .mutation(({ ctx, input }) => createTariff(ctx, input)),
  endSale: protectedProcedure("catalog:edit")
    .input(TariffInput)
    .mutation(({ ctx, input }) => endSale(ctx, input)),
  reopenSale: protectedProcedure("catalog:edit")
    .input(TariffInput)
    .mutation(({ ctx, input }) => reopenSale(ctx, input)),
  propose: protectedProcedure("tariff:propose")
    .input(PublishPriceInput)
    .mutation(({ ctx, input }) => proposePrice(ctx, input)),
  withdraw: protectedProcedure("tariff:propose")
    .input(ApprovePriceInput)
    .mutation(({ ctx, input }) => withdrawPrice(ctx, input)),
  approve: protectedProcedure("tariff:approve")
    .input(ApprovePriceInput)
    .mutation(({ ctx, input }) => approvePrice(ctx, input)),
  reject: protectedProcedure("tariff:approve")
    .input(RejectPriceInput)
    .mutation(({ ctx, input }) => rejectPrice(ctx, input)),

  changes: protectedProcedure("catalog:read").query(({ ctx }) => readChanges(ctx)),
  setChangeDefault: protectedProcedure("catalog:edit")
    .input(SetChangeDefaultInput)
    .mutation(({ ctx, input }) => setChangeDefault(ctx, input)),
  setChangePair: protectedProcedure("catalog:edit")
    .input(SetChangePairInput)
    .mutation(({ ctx, input }) => setChangePair(ctx, input)),

  bundles: protectedProcedure("catalog:read").query(({ ctx }) => readBundles(ctx)),
  publishBundle: protectedProcedure("catalog:edit")
    .input(PublishBundleInput)
    .mutation(({ ctx, input }) => publishBundle(ctx, input)),
  endBundle: protectedProcedure("catalog:edit")
    .input(EndBundleInput)
    .mutation(({ ctx, input }) => endBundle(ctx, input)),

  promoCodes: protectedProcedure("catalog:read").query(({ ctx }) => readPromoCodes(ctx)),
  publishPromoCode: protectedProcedure("catalog:edit")
    .input(PublishPromoCodeInput)
    .mutation(({ ctx, input }) => publishPromoCode(ctx, input)),
  endPromoCode: protectedProcedure("catalog:edit")
    .input(EndPromoCodeInput)
    .mutation(({ ctx, input }) => endPromoCode(ctx, input)),
});
