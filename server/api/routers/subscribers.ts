import { tracked } from "@trpc/server";
import { z } from "zod";
import { readCatalog } from "@/server/domain/catalog";
import {
  AccountFilterInput,
  AccountHistoryInput,
  AccountIdInput,
  COUNT_LIMIT,
  countAccounts,
  issueAccess,
  ListAccountsInput,
  listAccountAudit,
  listAccountEvents,
  listAccounts,
  listBlockHistory,
  listPaymentSteps,
  maskPhone,
  RevealContactsInput,
  readSubscriber,
  revealContacts,
  SearchAccountsInput,
  SetCreditLimitInput,
  SetPaymentTermsInput,
  searchAccounts,
  setCreditLimit,
  setPaymentTerms,
} from "@/server/domain/crm";
import {
  CorrectChargeInput,
  correctCharge,
  DecideCorrectionInput,
  decideCorrection,
  listAdjustments,
  listCorrections,
  listDocuments,
  listDrafts,
  readDocument,
  readMonthComparison,
} from "@/server/domain/invoices";
import { ReadServicesInput, readServices, resendService, ServiceInput } from "@/server/domain/provisioning";
import { listCharges, readNextCharge } from "@/server/domain/runs";
import {
  AgreeDiscountInput,
  AgreePersonalPriceInput,
  agreeDiscount,
  agreePersonalPrice,
  BeginSuspensionInput,
  beginSuspension,
  EndDiscountInput,
  EndSubscriptionInput,
  EndSuspensionInput,
  endDiscount,
  endSubscription,
  endSuspension,
  LiftBlockInput,
  liftBlock,
  listDiscounts,
  PlaceBlockInput,
  placeBlock,
  readSuspension,
} from "@/server/domain/subscriptions";
import { addMonths, type Day, dayIn, monthStart } from "@/server/kernel/day";
import { subscribeToAccount } from "@/server/platform/outbox";
import { paymentTerms } from "../subscribers/payment-terms";
import { pricedSubscriptions } from "../subscribers/priced-subscriptions";
import { protectedProcedure, router } from "../trpc";

/** Charges that the money timeline reaches back to. */
const CHARGED_MONTHS = 24;
const DOCUMENTS = 60;

export const subscribersRouter = router({
  /** What ⌘K asks as one types. Phones leave the server masked. */
  search: protectedProcedure("customer:search")
    .input(SearchAccountsInput)
    .query(async ({ ctx, input }) =>
      (await searchAccounts(ctx, input)).map(({ phone, ...account }) => ({
        ...account,
        phoneMasked: phone && maskPhone(phone),
      })),
    ),
  list: protectedProcedure("customer:search")
    .input(ListAccountsInput)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  count: protectedProcedure("customer:search")
    .input(AccountFilterInput)
    .query(async ({ ctx, input }) => {
      const count = await countAccounts(ctx, input);
      return { count, capped: count >= COUNT_LIMIT };
    }),
  /** What a list may be narrowed to, and what the tariffs that events tell of are called. */
  tariffs: protectedProcedure("customer:search").query(async ({ ctx }) =>
    [...(await readCatalog(ctx)).tariffs.values()].map(({ id, code, nameRu, nameEn }) => ({
      id,
      code,
      nameRu,
      nameEn,
    })),
  ),

  profile: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => readSubscriber(ctx, input.accountId)),
  /** The figures that the cabinet shows, by the same verb. */
  money: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => readNextCharge(ctx, input.accountId)),
  services: protectedProcedure("customer:search")
    .input(ReadServicesInput)
    .query(({ ctx, input }) => readServices(ctx, input)),
  subscriptions: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => pricedSubscriptions(ctx, input.accountId)),
  /** Discounts in force and to come. */
  discounts: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(async ({ ctx, input: { accountId } }) => {
      const byAccount = await listDiscounts(ctx, [accountId], dayIn(ctx.now(), ctx.zone));
      return byAccount.get(accountId) ?? [];
    }),
  payments: protectedProcedure("customer:search")
    .input(AccountHistoryInput)
    .query(({ ctx, input }) => listPaymentSteps(ctx, input)),
  charges: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => {
      const to: Day = dayIn(ctx.now(), ctx.zone);
      return listCharges(ctx, { accountId: input.accountId, from: addMonths(to, -CHARGED_MONTHS), to });
    }),
  /** Money given back, with why, and what waits for a second person. */
  adjustments: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => {
      const to: Day = dayIn(ctx.now(), ctx.zone);
      return listAdjustments(ctx, { accountId: input.accountId, from: addMonths(to, -CHARGED_MONTHS), to });
    }),
  corrections: protectedProcedure("charge:correct")
    .input(AccountIdInput)
    .query(({ ctx, input }) => listCorrections(ctx, input.accountId)),
  documents: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(async ({ ctx, input }) => {
      const [documents, drafts] = await Promise.all([
        listDocuments(ctx, { accountId: input.accountId, limit: DOCUMENTS }),
        listDrafts(ctx, input.accountId),
      ]);
      return { documents, drafts };
    }),
  document: protectedProcedure("customer:search")
    .input(AccountIdInput.extend({ slug: z.string().max(60) }))
    .query(({ ctx, input }) => readDocument(ctx, input)),
  comparison: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) =>
      readMonthComparison(ctx, { accountId: input.accountId, month: monthStart(dayIn(ctx.now(), ctx.zone)) }),
    ),
  blocks: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => listBlockHistory(ctx, input.accountId)),
  events: protectedProcedure("customer:search")
    .input(AccountHistoryInput)
    .query(({ ctx, input }) => listAccountEvents(ctx, input)),
  audit: protectedProcedure("customer:search")
    .input(AccountHistoryInput)
    .query(({ ctx, input }) => listAccountAudit(ctx, input)),
  /** Says that something happened to the account; the page then asks again. What was missed while away is said at once. */
  watch: protectedProcedure("customer:search")
    .input(AccountIdInput.extend({ lastEventId: z.string().max(100).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const end = signal ?? AbortSignal.timeout(60_000);
      const coming = subscribeToAccount(ctx.db, input.accountId, end);
      const first = coming.next();
      const [latest] = await listAccountEvents(ctx, { accountId: input.accountId, limit: 1 });
      if (latest && input.lastEventId && latest.id !== input.lastEventId) yield tracked(latest.id, latest.type);
      for (let step = await first; !step.done; step = await coming.next())
        yield tracked(step.value.id, step.value.type);
    }),

  reveal: protectedProcedure("customer:reveal")
    .input(RevealContactsInput)
    .mutation(({ ctx, input }) => revealContacts(ctx, input)),
  /** The password is in the answer and nowhere else. */
  issueAccess: protectedProcedure("user:issue_login")
    .input(AccountIdInput)
    .mutation(({ ctx, input }) => issueAccess(ctx, input)),
  placeBlock: protectedProcedure("account:block")
    .input(PlaceBlockInput)
    .mutation(({ ctx, input }) => placeBlock(ctx, input)),
  liftBlock: protectedProcedure("account:block")
    .input(LiftBlockInput)
    .mutation(({ ctx, input }) => liftBlock(ctx, input)),
  correctCharge: protectedProcedure("charge:correct")
    .input(CorrectChargeInput)
    .mutation(({ ctx, input }) => correctCharge(ctx, input)),
  decideCorrection: protectedProcedure("charge:approve_correction")
    .input(DecideCorrectionInput)
    .mutation(({ ctx, input }) => decideCorrection(ctx, input)),
  suspension: protectedProcedure("suspension:read")
    .input(AccountIdInput)
    .query(({ ctx, input }) => readSuspension(ctx, input.accountId)),
  beginSuspension: protectedProcedure("suspension:begin")
    .input(BeginSuspensionInput)
    .mutation(({ ctx, input }) => beginSuspension(ctx, input)),
  endSuspension: protectedProcedure("suspension:begin")
    .input(EndSuspensionInput)
    .mutation(({ ctx, input }) => endSuspension(ctx, input)),
  paymentTerms: protectedProcedure("customer:search")
    .input(AccountIdInput)
    .query(({ ctx, input }) => paymentTerms(ctx, input.accountId)),
  setPaymentTerms: protectedProcedure("account:set_payment_terms")
    .input(SetPaymentTermsInput)
    .mutation(({ ctx, input }) => setPaymentTerms(ctx, input)),
  setCreditLimit: protectedProcedure("account:set_credit_limit")
    .input(SetCreditLimitInput)
    .mutation(({ ctx, input }) => setCreditLimit(ctx, input)),
  agreePrice: protectedProcedure("subscription:agree_price")
    .input(AgreePersonalPriceInput)
    .mutation(({ ctx, input }) => agreePersonalPrice(ctx, input)),
  agreeDiscount: protectedProcedure("discount:agree")
    .input(AgreeDiscountInput)
    .mutation(({ ctx, input }) => agreeDiscount(ctx, input)),
  endDiscount: protectedProcedure("discount:agree")
    .input(EndDiscountInput)
    .mutation(({ ctx, input }) => endDiscount(ctx, input)),
  endSubscription: protectedProcedure("subscription:end")
    .input(EndSubscriptionInput)
    .mutation(({ ctx, input }) => endSubscription(ctx, input)),
  resendService: protectedProcedure("service:resend")
    .input(ServiceInput)
    .mutation(({ ctx, input }) => resendService(ctx, input)),
});
