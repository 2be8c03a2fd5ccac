import { readCatalog, UNIT_SIZES } from "@/server/domain/catalog";
import {
  AddIdentifierInput,
  addIdentifier,
  ChangeFaultInput,
  changeFault,
  DropFaultsInput,
  dropFaults,
  EndIdentifierInput,
  endIdentifier,
  ListFaultsInput,
  ListIdentifiersInput,
  ListRecordsInput,
  listFaults,
  listIdentifiers,
  listRecords,
  RetryFaultsInput,
  retryFaults,
} from "@/server/domain/metering";
import { protectedProcedure, router } from "../trpc";

export const usageRouter = router({
  faults: protectedProcedure("usage:list")
    .input(ListFaultsInput)
    .query(({ ctx, input }) => listFaults(ctx, input)),
  /** What prices count, each kind of usage once: what a record may be of. */
  meters: protectedProcedure("usage:list").query(async ({ ctx }) => {
    const prices = [...(await readCatalog(ctx)).tariffs.values()].flatMap((tariff) => tariff.prices);
    const meters = prices
      .flatMap((price) => price.usagePricing?.meters ?? [])
      .map(({ meter, nameRu, nameEn, unit }) => ({ meter, nameRu, nameEn, measure: UNIT_SIZES[unit].measure }));
    return [...new Map(meters.map((one) => [`${one.meter} ${one.measure}`, one])).values()];
  }),
  changeFault: protectedProcedure("usage:mend")
    .input(ChangeFaultInput)
    .mutation(({ ctx, input }) => changeFault(ctx, input)),
  retryFaults: protectedProcedure("usage:mend")
    .input(RetryFaultsInput)
    .mutation(({ ctx, input }) => retryFaults(ctx, input)),
  dropFaults: protectedProcedure("usage:mend")
    .input(DropFaultsInput)
    .mutation(({ ctx, input }) => dropFaults(ctx, input)),

  records: protectedProcedure("usage:read")
    .input(ListRecordsInput)
    .query(({ ctx, input }) => listRecords(ctx, input)),
  identifiers: protectedProcedure("usage:read")
    .input(ListIdentifiersInput)
    .query(({ ctx, input }) => listIdentifiers(ctx, input)),
  addIdentifier: protectedProcedure("identifier:assign")
    .input(AddIdentifierInput)
    .mutation(({ ctx, input }) => addIdentifier(ctx, input)),
  endIdentifier: protectedProcedure("identifier:assign")
    .input(EndIdentifierInput)
    .mutation(({ ctx, input }) => endIdentifier(ctx, input)),
});
