import { setTimeout as pause } from "node:timers/promises";
import { readCatalog } from "@/server/domain/catalog";
import { findPayments, type PaymentState } from "@/server/domain/payments";
import type { ServiceStateView } from "@/server/domain/provisioning";
import { readNextCharge } from "@/server/domain/runs";
import { DomainError } from "@/server/kernel/errors";
import { ceilToMajor, type Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { subscribeToAccount } from "@/server/platform/outbox";
import { withSnapshot } from "@/server/platform/snapshot";
import { type OwnAccount, readOwnAccounts } from "./own-accounts";
import { type ProgressSteps, progressSteps } from "./payment-progress";
import { faceOf, readPromises } from "./read-service-face";

/** Read again this often even when no event came: a stream must not miss what told nobody. */
const LOOK_AGAIN_MS = 3_000;

export interface PaymentProgress extends ProgressSteps {
  readonly now: Date;
  readonly paymentId: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly amountMinor: Minor;
  readonly balanceMinor: Minor;
  /** What to pay on top, whole rubles; zero when nothing is missing. */
  readonly recommendedMinor: Minor;
  readonly state: PaymentState;
  /** The provider's own word for why it ended without money. */
  readonly failure: string | null;
  readonly confirmationUrl: string | null;
  readonly methodTitle: string | null;
  readonly provider: string;
  readonly isTest: boolean;
  readonly startedAt: Date;
  readonly subject: "internet" | "services";
}

/** How far one of the subscriber's own payments has come. Foreign and missing are the same `not_found`. */
export async function readPaymentProgress(ctx: Context, paymentId: string): Promise<PaymentProgress> {
  return withSnapshot(ctx, async (snapshot) => {
    const accounts = await readOwnAccounts(snapshot);
    return progressOf(snapshot, accounts, await ownPayment(snapshot, accounts, paymentId));
  });
}

async function ownPayment(ctx: Context, accounts: readonly OwnAccount[], paymentId: string) {
  const accountIds = accounts.map((account) => account.id);
  const [payment] = await findPayments(ctx, { accountIds, paymentIds: [paymentId] });
  if (!payment) throw new DomainError("not_found", "payment.not_found");
  return payment;
}

type Payment = Awaited<ReturnType<typeof ownPayment>>;

async function progressOf(ctx: Context, accounts: readonly OwnAccount[], payment: Payment): Promise<PaymentProgress> {
  const { accountId, id: paymentId } = payment;
  const account = accounts.find((row) => row.id === accountId);
  const [money, catalog, promises] = await Promise.all([
    readNextCharge(ctx, accountId),
    readCatalog(ctx),
    readPromises(ctx, accountId),
  ]);
  const face = faceOf(promises, account?.closedOn ?? null, money, catalog.tariffs);
  const { startedAt, paidAt, postedAt } = payment;
  const state = payment.state as PaymentState;
  const steps = progressSteps({ state, startedAt, paidAt, postedAt, face, activeAt: activeSince(promises.services) });
  return {
    ...steps,
    now: ctx.now(),
    paymentId,
    accountId,
    accountNumber: account?.number ?? "",
    amountMinor: payment.amountMinor,
    balanceMinor: money.balanceMinor,
    recommendedMinor: ceilToMajor(steps.missingMinor),
    state,
    failure: payment.failure,
    confirmationUrl: state === "pending" ? payment.confirmationUrl : null,
    methodTitle: payment.methodTitle,
    provider: payment.provider,
    isTest: payment.isTest,
    startedAt,
    subject: face.subject,
  };
}

/** When the services were last switched on: the moment the network was seen to agree with the version now desired. */
function activeSince(services: readonly ServiceStateView[]): Date | null {
  const times = services
    .filter((service) => service.desired.state === "active" && service.actual?.state === "active")
    .map((service) => (service.appliedAt ?? service.actual?.readAt ?? service.desired.since).getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/** One step further on the same line is another id; the clock alone is not. */
export function progressId(progress: PaymentProgress): string {
  const { received, posted, active, outcome, balanceMinor, state } = progress;
  const at = (step: { state: string; at: Date | null }) => `${step.state}${step.at?.getTime() ?? ""}`;
  return [state, outcome, at(received), at(posted), at(active), balanceMinor].join("_");
}

/**
 * The payment's progress now and each time it changes, until it can change no more. Woken by the account's events, and
 * by the clock in case one was missed. `seen`: the id a reader that reconnects has already.
 */
export async function* watchPaymentProgress(
  ctx: Context,
  paymentId: string,
  seen: string | null,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; progress: PaymentProgress }> {
  const accounts = await readOwnAccounts(ctx);
  const { accountId } = await ownPayment(ctx, accounts, paymentId);
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  const events = subscribeToAccount(ctx.db, accountId, ended);
  let woken = events.next();
  try {
    for (let last = seen; !signal.aborted; ) {
      const progress = await readPaymentProgress(ctx, paymentId);
      const id = progressId(progress);
      if (id !== last) yield { id, progress };
      last = id;
      if (progress.outcome !== "waiting") return;
      const byEvent = await Promise.race([
        woken.then(() => true),
        quietly(pause(LOOK_AGAIN_MS, false, { signal: ended })),
      ]);
      if (byEvent) woken = events.next();
    }
  } finally {
    over.abort();
  }
}

const quietly = (wait: Promise<boolean>) => wait.catch(() => false);
