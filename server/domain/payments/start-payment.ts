import { eq } from "drizzle-orm";
import type { z } from "zod";
import { payments } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { formatRubles } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { askGateway } from "./ask-gateway";
import { type GatewayContext, type PaymentRow, paymentKey, type StoredRequest } from "./internal";
import { readPayer } from "./read-payer";
import { nextAskAt } from "./rules/ask-again";
import { StartPaymentInput } from "./schema";

export interface StartedPayment {
  readonly paymentId: string;
  readonly state: string;
  /** Where the payer goes now; null while the provider has not answered. */
  readonly confirmationUrl: string | null;
}

/**
 * Starts a top-up: stores key, amount and the body to the letter, then asks the provider, outside the transaction. The same request key is the
 * same payment, however often the button is pressed; with another sum or account it is a `conflict`
 * (`payment.key_reused`). When the provider does not answer, the payment is `unknown` and is asked about until it does.
 */
export async function startPayment(ctx: GatewayContext, raw: StartPaymentInput): Promise<StartedPayment> {
  const scope = requirePermission(ctx, "payment:start");
  const input = StartPaymentInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const id = tx.newId();
    const request = await requestOf(tx, input, id);
    const [created] = await tx.db
      .insert(payments)
      .values({
        accountId: input.accountId,
        id,
        provider: ctx.ports.gateway.provider,
        idempotenceKey: input.requestKey,
        amountMinor: input.amountMinor,
        request: { ...request },
        state: "created",
        startedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        startedAt: tx.now(),
        askAt: nextAskAt(0, tx.now()),
      })
      .onConflictDoNothing({ target: payments.idempotenceKey })
      .returning({ id: payments.id });
    if (!created) return;
    await record(tx, {
      audit: [
        {
          action: "payment.start",
          entity: "payment",
          entityId: id,
          accountId: input.accountId,
          after: { amountMinor: input.amountMinor },
        },
      ],
      events: [
        {
          type: "payment.started",
          accountId: input.accountId,
          payload: { paymentId: id, amountMinor: input.amountMinor },
        },
      ],
    });
  });
  const payment = await ownPayment(ctx, input);
  if (payment.state !== "created") return answer(payment);
  await askGateway(ctx, payment);
  const [after] = await ctx.db.select().from(payments).where(paymentKey(payment.accountId, payment.id));
  return answer(after ?? payment);
}

/** What the provider is asked: where the payer returns, what the page says, and where the receipt goes. */
async function requestOf(
  tx: Context,
  input: z.output<typeof StartPaymentInput>,
  paymentId: string,
): Promise<StoredRequest> {
  const { accountNumber, email, phone } = await readPayer(tx, input.accountId);
  const contact = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
  return {
    returnUrl: `${input.returnBase.replace(/\/$/, "")}/${paymentId}`,
    description: `Пополнение Л/С ${accountNumber} на ${formatRubles(input.amountMinor)}`,
    receipt: email || phone ? { contact } : null,
  };
}

async function ownPayment(
  ctx: Context,
  input: { requestKey: string; accountId: string; amountMinor: bigint },
): Promise<PaymentRow> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.idempotenceKey, input.requestKey));
  if (!payment) throw new DomainError("invariant", "payment.lost");
  if (payment.accountId !== input.accountId || payment.amountMinor !== input.amountMinor) {
    throw new DomainError("conflict", "payment.key_reused");
  }
  return payment;
}

function answer({ id, state, confirmationUrl }: PaymentRow): StartedPayment {
  return { paymentId: id, state, confirmationUrl };
}
