import { z } from "zod";
import { chooseAccount, readOwnAccounts } from "../cabinet/own-accounts";
import { readHome } from "../cabinet/read-home";
import { readOperations } from "../cabinet/read-operations";
import { readProfile } from "../cabinet/read-profile";
import { protectedProcedure, router } from "../trpc";

const AccountInput = z.object({ accountId: z.uuid().optional() });

export const cabinetRouter = router({
  /** The subscriber's accounts, open ones first: what the switcher lists. */
  accounts: protectedProcedure("cabinet:home").query(({ ctx }) => readOwnAccounts(ctx)),
  home: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readHome(ctx, input)),
  operations: protectedProcedure("cabinet:home")
    .input(
      AccountInput.extend({
        cursor: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { id: accountId } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
      return readOperations(ctx, { ...input, accountId });
    }),
  profile: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readProfile(ctx, input)),
});
