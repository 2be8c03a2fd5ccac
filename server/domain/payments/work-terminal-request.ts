import { requirePermission } from "@/server/domain/identity";
import { isDomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { record } from "@/server/platform/record";
import { traceOf } from "@/server/platform/trace";
import { withTransaction } from "@/server/platform/transaction";
import { cancelTerminalPayment } from "./cancel-terminal-payment";
import type { AnswerOutcome, TerminalCommand } from "./constants";
import type { TerminalAnswer, TerminalWords } from "./ports";
import { postTerminalPayment } from "./post-terminal-payment";
import { readTerminalAccount, readTerminalPayment, type TerminalDone } from "./read-terminal-payment";
import { recordTerminalRequest } from "./record-terminal-request";
import type { KnownTerminal } from "./require-terminal";
import { readRequest, type TerminalRequest } from "./rules/terminal-request";

type Work = (ctx: Context, terminal: KnownTerminal, request: TerminalRequest) => Promise<TerminalDone>;

/** The core that every protocol's dialect stands on. */
const COMMANDS: Readonly<Record<TerminalCommand, Work>> = {
  check: readTerminalAccount,
  pay: postTerminalPayment,
  cancel: cancelTerminalPayment,
  status: readTerminalPayment,
};

/** Refusals of the core by their reason; whatever else is thrown is no refusal: what became of it is not known, so it is asked again. */
const REFUSALS: Readonly<Record<string, AnswerOutcome>> = {
  "terminal.account_not_found": "account_not_found",
  "terminal.account_inactive": "account_inactive",
  "terminal.payment_not_found": "payment_not_found",
  "terminal.payment_reversed": "payment_reversed",
  "terminal.conflict": "conflict",
  "terminal.cancel_refused": "cancel_refused",
};

/**
 * Does what a terminal asks and says what came of it; both are written down. The same id told of another account or sum is an
 * alarm besides. Never throws: what is nobody's refusal is `try_later`, and asking again does nothing twice.
 */
export async function workTerminalRequest(
  ctx: Context,
  terminal: KnownTerminal,
  words: TerminalWords,
): Promise<TerminalAnswer> {
  requirePermission(ctx, "terminal:serve");
  const read = readRequest(words, ctx.now());
  const { done, outcome } = read.refusal
    ? { done: null, outcome: read.refusal }
    : await work(ctx, terminal, read.request);
  await writeDown(ctx, terminal, { ...read.request, outcome, repeated: done?.repeated ?? false });
  const { command = null, txnId = null } = read.request;
  return { outcome, command, txnId, payment: done?.payment ?? null };
}

async function work(
  ctx: Context,
  terminal: KnownTerminal,
  request: TerminalRequest,
): Promise<{ done: TerminalDone | null; outcome: AnswerOutcome }> {
  try {
    return { done: await COMMANDS[request.command](ctx, terminal, request), outcome: "ok" };
  } catch (error) {
    const outcome = isDomainError(error) ? REFUSALS[error.reason] : undefined;
    if (!outcome)
      logger.error({ error: traceOf(error), terminal: terminal.code }, "a terminal was asked to come again");
    return { done: null, outcome: outcome ?? "try_later" };
  }
}

type Asked = Partial<TerminalRequest> & { readonly outcome: AnswerOutcome; readonly repeated: boolean };

/** What is posted is posted: a log that cannot be written must not make the answer another one. */
async function writeDown(ctx: Context, terminal: KnownTerminal, asked: Asked): Promise<void> {
  try {
    if (asked.outcome === "conflict") await recordConflict(ctx, terminal, asked);
    await recordTerminalRequest(ctx, terminal.id, asked);
  } catch (error) {
    logger.error({ error: traceOf(error), terminal: terminal.code }, "a terminal's request was not written down");
  }
}

function recordConflict(ctx: Context, { code }: KnownTerminal, { txnId, amountMinor }: Asked): Promise<void> {
  return withTransaction(ctx, (tx) =>
    record(tx, {
      audit: [{ action: "payment.conflict", entity: "terminal", entityId: code, after: { txnId, amountMinor } }],
      events: [{ type: "payment.conflict", accountId: null, payload: { terminal: code, txnId } }],
    }),
  );
}
