import {
  closePeriod,
  DecidePeriodInput,
  decidePeriod,
  ListInvoicesInput,
  listInvoices,
  listPeriods,
  PeriodInput,
  reopenPeriod,
  StartMonthIssueInput,
  startMonthIssue,
} from "@/server/domain/invoices";
import { proveLedger } from "@/server/domain/ledger";
import { protectedProcedure, router } from "../trpc";

export const billingRouter = router({
  invoices: protectedProcedure("invoice:list")
    .input(ListInvoicesInput)
    .query(({ ctx, input }) => listInvoices(ctx, input)),
  /** Orders a month's documents; the worker issues them. */
  issueMonth: protectedProcedure("invoice:issue")
    .input(StartMonthIssueInput)
    .mutation(({ ctx, input }) => startMonthIssue(ctx, input)),
  periods: protectedProcedure("period:read").query(({ ctx }) => listPeriods(ctx)),
  closePeriod: protectedProcedure("period:close")
    .input(PeriodInput)
    .mutation(({ ctx, input }) => closePeriod(ctx, input)),
  reopenPeriod: protectedProcedure("period:close")
    .input(PeriodInput)
    .mutation(({ ctx, input }) => reopenPeriod(ctx, input)),
  decidePeriod: protectedProcedure("period:close")
    .input(DecidePeriodInput)
    .mutation(({ ctx, input }) => decidePeriod(ctx, input)),
  proveLedger: protectedProcedure("ledger:prove").mutation(({ ctx }) => proveLedger(ctx)),
});
