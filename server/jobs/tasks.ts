import { z } from "zod";
import { CREDIT_SCHEDULES, sendOffer } from "@/server/domain/credit";
import { IDENTITY_SCHEDULES } from "@/server/domain/identity";
import { proveLedger } from "@/server/domain/ledger";
import { MessageInput, NOTIFICATION_SCHEDULES, retryMessages, sendMessage } from "@/server/domain/notifications";
import { PAYMENT_SCHEDULES, pollPayments, setWebhookAside, syncPayment } from "@/server/domain/payments";
import { applyService, PROVISIONING_SCHEDULES } from "@/server/domain/provisioning";
import { USAGE_SCHEDULES } from "@/server/domain/usage";
import { addDays, dayIn } from "@/server/kernel/day";
import { ensurePartitions } from "@/server/platform/partitions";
import { chargeDueAccounts } from "./charge-due-accounts";
import { issueDueInvoices } from "./issue-due-invoices";
import type { JobContext } from "./job-context";
import { planChangeNews, planReminders } from "./plan-reminders";
import { settleAccounts } from "./settle-accounts";
import { workRunLane } from "./work-run";

export interface Task {
  /** Does the work; whatever it throws is retried with growing pauses. */
  run(ctx: JobContext, payload: unknown): Promise<unknown>;
}

const AccountIds = z.object({ accountIds: z.array(z.uuid()) });
const PaymentKey = z.object({ accountId: z.uuid(), paymentId: z.uuid() });
const ProviderPayment = z.object({ provider: z.literal("yookassa"), providerPaymentId: z.string().min(1) });
const ServiceKey = z.object({ accountId: z.uuid(), serviceId: z.uuid() });
const Month = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
});
const RunLane = z.object({ runId: z.uuid(), lane: z.int() });
const DeliveryKey = z.object({ deliveryId: z.uuid() });

/** Every task of the queue, by the name that verbs enqueue it under. */
export const TASKS: Readonly<Record<string, Task>> = {
  settle_account: { run: (ctx, payload) => settleAccounts(ctx, AccountIds.parse(payload).accountIds) },
  offer_promise: { run: (ctx, payload) => offerPromises(ctx, AccountIds.parse(payload).accountIds) },
  tell_account: { run: (ctx, payload) => planChangeNews(ctx, AccountIds.parse(payload).accountIds) },
  apply_service: { run: (ctx, payload) => applyService(ctx, ServiceKey.parse(payload)) },
  read_payment: {
    run: (ctx, payload) => syncPayment(ctx, { providerPaymentId: ProviderPayment.parse(payload).providerPaymentId }),
  },
  sync_payment: { run: (ctx, payload) => syncPayment(ctx, PaymentKey.parse(payload)) },
  set_webhook_aside: { run: (ctx, payload) => setWebhookAside(ctx, DeliveryKey.parse(payload).deliveryId) },
  send_message: { run: (ctx, payload) => sendMessage(ctx, MessageInput.parse(payload)) },
  retry_messages: { run: retryMessages },
  plan_reminders: { run: planReminders },
  charge_due_accounts: { run: chargeDueAccounts },
  issue_invoices: { run: (ctx, payload) => issueDueInvoices(ctx, Month.parse(payload ?? {}).month) },
  preview_run: { run: (ctx, payload) => workRunLane(ctx, "preview_run", RunLane.parse(payload)) },
  charge_run: { run: (ctx, payload) => workRunLane(ctx, "charge_run", RunLane.parse(payload)) },
  prove_ledger: { run: proveLedger },
  make_partitions: { run: makePartitions },
};

/** One account after another: each offer is a transaction of its own, and an account that fails keeps no other from its. */
async function offerPromises(ctx: JobContext, accountIds: readonly string[]): Promise<void> {
  const failed: unknown[] = [];
  for (const accountId of accountIds) await sendOffer(ctx, { accountId }).catch((error) => failed.push(error));
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of ${accountIds.length} offers failed`);
}

function makePartitions(ctx: JobContext): Promise<void> {
  const today = dayIn(ctx.now(), ctx.zone);
  return ensurePartitions(ctx, today, addDays(today, 120));
}

/** Tasks by the clock (UTC): minute hour day month weekday. All are idempotent, so two workers' clocks do no harm. */
export const CRONTAB = `
*/5 * * * * charge_due_accounts ?jobKey=charge_due_accounts&queue=billing
25 * * * * issue_invoices ?jobKey=issue_invoices&queue=billing
*/10 * * * * plan_reminders ?jobKey=plan_reminders&queue=billing
40 23 * * * prove_ledger ?jobKey=prove_ledger
15 1 * * * make_partitions ?jobKey=make_partitions
`;

/** Short, frequent looks that every worker takes by itself; each claims its work row by row. */
export const WATCHES: readonly {
  readonly name: string;
  readonly everySeconds: number;
  run(ctx: JobContext): Promise<unknown>;
}[] = [
  { name: "poll_payments", everySeconds: 5, run: (ctx) => pollPayments(ctx) },
  // Also at every start: a house that slept for months writes nothing until it has this one.
  { name: "make_partitions", everySeconds: 3_600, run: makePartitions },
  ...CREDIT_SCHEDULES,
  ...IDENTITY_SCHEDULES,
  ...NOTIFICATION_SCHEDULES,
  ...PAYMENT_SCHEDULES,
  ...PROVISIONING_SCHEDULES,
  ...USAGE_SCHEDULES,
];
