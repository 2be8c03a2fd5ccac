import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR, TERMINAL_PROTOCOLS } from "./constants";

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

const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const TerminalName = z.string().trim().min(1, { error: "terminal.no_name" }).max(80);
/** Looked at as a whole: the list is one field on the screen. */
const Networks = z
  .array(z.string().max(50))
  .min(1, { error: "terminal.no_network" })
  .max(50)
  .refine((all) => all.every((one) => Network.safeParse(one).success), { error: "terminal.bad_network" });
/** SHA-1 or SHA-256 in hex, as proxies and browsers write it, with or without colons. */
const Certificate = z
  .string()
  .transform((text) => text.replace(/[:\s]/g, "").toLowerCase())
  .refine((text) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text), { error: "terminal.bad_certificate" })
  .nullable()
  .default(null);

export const AddTerminalInput = z.object({
  /** Login of the terminal and name of its cash in the book, for ever. */
  code: z.string().regex(/^[a-z][a-z0-9-]{1,29}$/, { error: "terminal.bad_code" }),
  name: TerminalName,
  protocol: z.enum(TERMINAL_PROTOCOLS),
  networks: Networks,
  certificate: Certificate,
});
export type AddTerminalInput = z.input<typeof AddTerminalInput>;

export const ChangeTerminalInput = z.object({
  terminalId: z.uuid(),
  name: TerminalName,
  networks: Networks,
  certificate: Certificate,
});
export type ChangeTerminalInput = z.input<typeof ChangeTerminalInput>;

export const TerminalKeyInput = z.object({ terminalId: z.uuid() });
export type TerminalKeyInput = z.input<typeof TerminalKeyInput>;

export const ListTerminalRequestsInput = z.object({
  show: z.enum(["payments", "refusals", "all"]).default("all"),
  limit: z.int().min(1).max(200).default(50),
});
export type ListTerminalRequestsInput = z.input<typeof ListTerminalRequestsInput>;
