import {
  ListCreditsInput,
  listCredits,
  PlaceCreditInput,
  placeCredit,
  readOwnAccounts,
  SetOwnAccountsInput,
  setOwnAccounts,
} from "@/server/domain/bank";
import { protectedProcedure, router } from "../trpc";

export const bankRouter = router({
  credits: protectedProcedure("bank:read")
    .input(ListCreditsInput)
    .query(({ ctx, input }) => listCredits(ctx, input)),
  place: protectedProcedure("bank:place")
    .input(PlaceCreditInput)
    .mutation(({ ctx, input }) => placeCredit(ctx, input)),
  ownAccounts: protectedProcedure("bank:read").query(({ ctx }) => readOwnAccounts(ctx)),
  setOwnAccounts: protectedProcedure("bank:set_accounts")
    .input(SetOwnAccountsInput)
    .mutation(({ ctx, input }) => setOwnAccounts(ctx, input)),
});
