import { z } from "zod";
import type { GatewayPayment } from "@/server/domain/payments/ports";
import { isDomainError } from "@/server/kernel/errors";
import { parseAmount } from "@/server/kernel/money";

/** "1000.00" → 100000n. Signs, commas and a third decimal never leave this door. */
const Amount = z.object({
  value: z.string().transform((text, context) => {
    try {
      const minor = parseAmount(text);
      if (minor >= 0n) return minor;
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
    context.addIssue({ code: "custom", message: "malformed amount" });
    return z.NEVER;
  }),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What we use of the provider's Payment object. Fields added later by the provider are let through unread. */
const WirePayment = z
  .object({
    id: z.string().length(36),
    status: z.enum(["pending", "waiting_for_capture", "succeeded", "canceled"]),
    paid: z.boolean(),
    test: z.boolean(),
    amount: Amount,
    income_amount: Amount.optional(),
    recipient: z.object({ account_id: z.string() }),
    metadata: z.record(z.string(), z.string().nullable()).optional(),
    confirmation: z.object({ confirmation_url: z.url({ protocol: /^https?$/ }).optional() }).optional(),
    created_at: Instant,
    captured_at: Instant.optional(),
    payment_method: z
      .object({ type: z.string(), card: z.object({ last4: z.string() }).optional() })
      .optional()
      .catch(undefined),
    cancellation_details: z.object({ reason: z.string() }).optional(),
  })
  .refine((wire) => !wire.income_amount || wire.income_amount.currency === wire.amount.currency, "mixed currencies")
  .transform(
    (wire): GatewayPayment => ({
      id: wire.id,
      status: wire.status,
      paid: wire.paid,
      test: wire.test,
      amountMinor: wire.amount.value,
      currency: wire.amount.currency,
      incomeAmountMinor: wire.income_amount?.value ?? null,
      shopId: wire.recipient.account_id,
      metadata: Object.fromEntries(
        Object.entries(wire.metadata ?? {}).filter((pair): pair is [string, string] => pair[1] !== null),
      ),
      confirmationUrl: wire.confirmation?.confirmation_url ?? null,
      createdAt: wire.created_at,
      capturedAt: wire.captured_at ?? null,
      methodTitle: methodOf(wire.payment_method),
      cancellationReason: wire.cancellation_details?.reason ?? null,
    }),
  );

/** The kind and the last digits; the provider's own title is in a language of its choosing. */
function methodOf(method: { type: string; card?: { last4: string } | undefined } | undefined): string | null {
  if (!method) return null;
  return method.card ? `${method.type} *${method.card.last4}` : method.type;
}

/** Null when the answer is not a payment as the provider describes it. */
export function parsePayment(body: unknown): GatewayPayment | null {
  const parsed = WirePayment.safeParse(body);
  return parsed.success ? parsed.data : null;
}

export const YOOKASSA_EVENTS = [
  "payment.waiting_for_capture",
  "payment.succeeded",
  "payment.canceled",
  "refund.succeeded",
  "payment_method.active",
] as const;
export type YookassaEvent = (typeof YOOKASSA_EVENTS)[number];

/** All that a webhook may tell us: which object to read again. Its sums and statuses are not trusted, so not kept. */
export interface YookassaNotification {
  readonly event: YookassaEvent;
  readonly objectId: string;
  /** The payment to re-read; null for news that is not about a payment. */
  readonly paymentId: string | null;
}

const Id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
const Notification = z
  .object({
    type: z.literal("notification"),
    event: z.enum(YOOKASSA_EVENTS),
    object: z.object({ id: Id, payment_id: Id.optional() }),
  })
  .transform((body): YookassaNotification => {
    const ofPayment = body.event.startsWith("payment.");
    return {
      event: body.event,
      objectId: body.object.id,
      paymentId: ofPayment ? body.object.id : (body.object.payment_id ?? null),
    };
  });

/** Null on anything that is not one of the provider's notifications. */
export function parseNotification(body: unknown): YookassaNotification | null {
  const parsed = Notification.safeParse(body);
  return parsed.success ? parsed.data : null;
}
