import { z } from "zod";
import {
  ChangeTariffInput,
  changeTariff,
  PreviewTariffChangeInput,
  previewTariffChange,
  readAccountTariffs,
  readTariffChoices,
  TariffChoicesInput,
} from "@/server/domain/runs";
import { CancelTariffChangeInput, cancelTariffChange } from "@/server/domain/subscriptions";
import { protectedProcedure, router } from "../trpc";

/** A change of tariff, by a subscriber in the cabinet and by an agent on the subscriber's page: one code, one answer. */
export const tariffChangesRouter = router({
  /** Main tariffs of an account and what is planned for each. */
  tariffs: protectedProcedure("account:read")
    .input(z.object({ accountId: z.uuid() }))
    .query(({ ctx, input }) => readAccountTariffs(ctx, input.accountId)),
  choices: protectedProcedure("subscription:change")
    .input(TariffChoicesInput)
    .query(({ ctx, input }) => readTariffChoices(ctx, input)),
  preview: protectedProcedure("subscription:change")
    .input(PreviewTariffChangeInput)
    .query(({ ctx, input }) => previewTariffChange(ctx, input)),
  change: protectedProcedure("subscription:change")
    .input(ChangeTariffInput)
    .mutation(({ ctx, input }) => changeTariff(ctx, input)),
  cancel: protectedProcedure("subscription:change")
    .input(CancelTariffChangeInput)
    .mutation(({ ctx, input }) => cancelTariffChange(ctx, input)),
});
