import { tracked } from "@trpc/server";
import { z } from "zod";
import { IssuePaymentRequestInput, issuePaymentRequest } from "@/server/domain/invoices";
import { ChannelChoicesInput, setChannelChoices } from "@/server/domain/notifications";
import { chooseAccount, readOwnAccounts } from "../cabinet/own-accounts";
import { readOwnComparison, readOwnDocument, readOwnDocuments } from "../cabinet/own-documents";
import { readHome } from "../cabinet/read-home";
import { readPause } from "../cabinet/read-pause";
import { readProfile } from "../cabinet/read-profile";
import { readStatement } from "../cabinet/read-statement";
import { readUsageRecords } from "../cabinet/read-usage";
import { watchChanges } from "../cabinet/watch-changes";
import { protectedProcedure, router } from "../trpc";

const AccountInput = z.object({ accountId: z.uuid().optional() });

export const cabinetRouter = router({
  /** The subscriber's accounts, open ones first: what the switcher lists. */
  accounts: protectedProcedure("cabinet:home").query(({ ctx }) => readOwnAccounts(ctx)),
  /** The one that is meant: asked for, else the first. */
  account: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(async ({ ctx, input }) => chooseAccount(await readOwnAccounts(ctx), input.accountId)),
  home: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readHome(ctx, input)),
  operations: protectedProcedure("cabinet:home")
    .input(
      AccountInput.extend({
        cursor: z.string().max(40).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .query(({ ctx, input }) => readStatement(ctx, input)),
  /** Documents of an account, with what is not issued yet and the month against the last. */
  documents: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readOwnDocuments(ctx, input)),
  document: protectedProcedure("cabinet:home")
    .input(AccountInput.extend({ slug: z.string().max(60) }))
    .query(({ ctx, input }) => readOwnDocument(ctx, input)),
  comparison: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readOwnComparison(ctx, input)),
  /** A company asks for a «счёт на оплату» by itself. */
  requestPayment: protectedProcedure("invoice:request")
    .input(IssuePaymentRequestInput)
    .mutation(({ ctx, input }) => issuePaymentRequest(ctx, input)),
  /** The records behind a line of usage. */
  usage: protectedProcedure("cabinet:home")
    .input(z.object({ subscriptionId: z.uuid(), from: z.string().max(10), to: z.string().max(10) }))
    .query(({ ctx, input }) => readUsageRecords(ctx, input)),
  /** A stream that says when to look again. */
  changes: protectedProcedure("cabinet:home")
    .input(
      AccountInput.extend({
        lastEventId: z.string().max(200).nullish(),
        /** When the page that listens was read. */
        since: z.iso.datetime().optional(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const seen = { lastEventId: input.lastEventId ?? null, since: input.since ? new Date(input.since) : null };
      const changes = watchChanges(ctx, input.accountId, seen, signal ?? AbortSignal.timeout(60_000));
      for await (const { id, at } of changes) yield tracked(id, { at });
    }),
  /** The subscriber's own pause: the one there is, or the terms of one. */
  pause: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readPause(ctx, input)),
  profile: protectedProcedure("cabinet:home")
    .input(AccountInput)
    .query(({ ctx, input }) => readProfile(ctx, input)),
  /** What one wants to be told of by which channel. */
  chooseChannels: protectedProcedure("reminder:choose")
    .input(ChannelChoicesInput)
    .mutation(({ ctx, input }) => setChannelChoices(ctx, input)),
});
