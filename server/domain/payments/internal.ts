import { and, eq } from "drizzle-orm";
import { payments, terminals } from "@/db/schema";
import { openAdvances } from "@/server/domain/invoices";
import { CUSTOMER, cashCode, type NewTransfer } from "@/server/domain/ledger";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import type { CollectRequest, PaymentGateway } from "./ports";

/** A context that can reach the payment provider. */
export type GatewayContext = Context & { readonly ports: { readonly gateway: PaymentGateway } };

export type PaymentRow = typeof payments.$inferSelect;

/** The part of a request that is not in the payment's own columns, written with the payment and never changed. */
export type StoredRequest = Pick<CollectRequest, "returnUrl" | "description" | "receipt">;

export const paymentKey = (accountId: string, paymentId: string) =>
  and(eq(payments.accountId, accountId), eq(payments.id, paymentId));

/** The payment under its row lock. Throws `not_found`. */
export async function lockPayment(tx: Context, accountId: string, paymentId: string): Promise<PaymentRow> {
  const [payment] = await tx.db.select().from(payments).where(paymentKey(accountId, paymentId)).for("update");
  if (!payment) throw new DomainError("not_found", "payment.not_found");
  return payment;
}

/** True while the provider may still change its mind about the payment. */
export function isOpen(payment: Pick<PaymentRow, "state">): boolean {
  return payment.state === "created" || payment.state === "unknown" || payment.state === "pending";
}

/** Money that is about to be posted, and when. */
export interface ReceivedMoney extends Pick<PaymentRow, "accountId" | "id" | "provider" | "amountMinor"> {
  readonly paidAt: Date;
  readonly bookedOn: Day;
}

/** Money that came: from the provider's cash to the customer. */
export const transferOf = ({ accountId, id, provider, amountMinor, paidAt, bookedOn }: ReceivedMoney): NewTransfer => ({
  accountId,
  debit: cashCode(provider),
  credit: CUSTOMER,
  amountMinor,
  kind: "payment",
  bookedOn,
  occurredAt: paidAt,
  subjectId: id,
});

/** The VAT of what came ahead, of the accounts that pay it; before the money itself is posted. */
export function openAdvancesOf(
  tx: Context,
  ahead: ReadonlySet<string>,
  money: readonly ReceivedMoney[],
): Promise<void> {
  return openAdvances(
    tx,
    money
      .filter((one) => ahead.has(one.accountId))
      .map(({ accountId, id: paymentId, amountMinor, bookedOn, paidAt }) => ({
        ...{ accountId, paymentId, amountMinor, bookedOn },
        receivedOn: dayIn(paidAt, tx.zone),
        occurredAt: paidAt,
      })),
  );
}

/** A terminal under its row lock. Throws `terminal.not_found`, and `terminal.closed` when its door is shut for good. */
export async function lockTerminal(tx: Context, terminalId: string): Promise<typeof terminals.$inferSelect> {
  const [terminal] = await tx.db.select().from(terminals).where(eq(terminals.id, terminalId)).for("update");
  if (!terminal) throw new DomainError("not_found", "terminal.not_found");
  if (terminal.closedAt !== null) throw new DomainError("precondition", "terminal.closed");
  return terminal;
}
