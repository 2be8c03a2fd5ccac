import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR } from "./constants";

export const StartPaymentInput = z.object({
  accountId: z.uuid(),
  amountMinor: z
    .bigint()
    .min(MIN_PAYMENT_MINOR, { error: "payment.amount_too_small" })
    .max(MAX_PAYMENT_MINOR, { error: "payment.amount_too_large" }),
  /** Made by the client, one per press of the button: the same key is the same payment. */
  requestKey: z.uuid(),
  /** Where the provider sends the payer back; the payment's id is added as the last path segment. */
  returnBase: z.url(),
});
export type StartPaymentInput = z.input<typeof StartPaymentInput>;

export const PaymentKeyInput = z.object({ accountId: z.uuid(), paymentId: z.uuid() });
export type PaymentKeyInput = z.input<typeof PaymentKeyInput>;

export const ReceiveWebhookInput = z.object({
  provider: z.literal("yookassa"),
  event: z.string().min(1).max(100),
  objectId: z.string().min(1).max(100),
  body: z.record(z.string(), z.unknown()),
  address: z.string().max(100),
});
export type ReceiveWebhookInput = z.input<typeof ReceiveWebhookInput>;

/** Money that came by another door and is final: the till, a bank account, an import of history. */
export const RecordPaymentInput = z.object({
  accountId: z.uuid(),
  provider: z.enum(["import", "office", "bank"]),
  /** The door's own id of this money: the same one is never posted twice. */
  externalId: z.string().min(1).max(120),
  amountMinor: z.bigint().positive(),
  paidAt: z.date(),
  bookedOn: z.string().refine(isDay, { error: "day.malformed" }),
});
export type RecordPaymentInput = z.input<typeof RecordPaymentInput>;
