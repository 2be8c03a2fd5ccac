import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "@/server/kernel/clock";
import { formatAmount, parseAmount } from "@/server/kernel/money";
import type { FakePayment, FakeRecord, FakeStore } from "./store";

/** An answer that is an error, in the provider's own words. */
export class FakeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    description: string,
    readonly parameter?: string,
  ) {
    super(description);
  }
}

export type Outcome = "paid" | "refused" | "expired";

const HOUR_MS = 3_600_000;
/** The provider forgets a key after a day: the same request is then a new payment. */
const KEY_LIFE_MS = 24 * HOUR_MS;
const CONFIRM_LIFE_MS = HOUR_MS;
const CAPTURE_LIFE_MS = 7 * 24 * HOUR_MS;
/** 2.8 % and the VAT on it, both half-up to a kopeck. */
const FEE_PER_MILLE = 28n;
const FEE_VAT_PERCENT = 22n;

const Money = z.object({ value: z.string().regex(/^\d{1,12}\.\d{2}$/), currency: z.literal("RUB") });
const CreateBody = z.strictObject({
  amount: Money.refine((amount) => parseAmount(amount.value) > 0n, "must be positive"),
  capture: z.boolean().default(false),
  description: z.string().max(128).optional(),
  confirmation: z.strictObject({
    type: z.literal("redirect"),
    return_url: z.url({ protocol: /^https?$/ }).max(2048),
  }),
  metadata: z
    .record(z.string().max(32), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16, "at most 16 pairs")
    .default({}),
  receipt: z
    .looseObject({
      customer: z.union([
        z.looseObject({ email: z.email() }),
        z.looseObject({ phone: z.string().regex(/^\d{4,15}$/) }),
      ]),
      items: z
        .array(
          z.looseObject({
            description: z.string().min(1).max(128),
            quantity: z.number().positive(),
            amount: Money,
            vat_code: z.number().int().min(1).max(12),
          }),
        )
        .min(1),
    })
    .optional(),
});

const halfUp = (value: bigint, divisor: bigint): bigint => (value * 2n + divisor) / (divisor * 2n);

/** amount − fee − VAT on the fee, in kopecks. */
export function incomeOf(amountMinor: bigint): bigint {
  const fee = halfUp(amountMinor * FEE_PER_MILLE, 1000n);
  return amountMinor - fee - halfUp(fee * FEE_VAT_PERCENT, 100n);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

export interface FakePaymentsOptions {
  readonly store: FakeStore;
  readonly shopId: string;
  readonly clock: Clock;
  readonly pageUrl: (paymentId: string) => string;
  /** Called after each change of status, with the event's name. */
  readonly onEvent: (event: string, payment: FakePayment) => void;
}

/** The provider's books: payments, their life cycle, idempotence. */
export class FakePayments {
  readonly #options: FakePaymentsOptions;

  constructor(options: FakePaymentsOptions) {
    this.#options = options;
  }

  /** Same key and body = the same payment in its present state; same key, other body = a refusal. */
  create(key: string | undefined, body: unknown): FakePayment {
    if (!key || key.length > 64)
      throw new FakeRefusal(400, "invalid_request", "Idempotence key is absent or too long", "Idempotence-Key");
    const { store, clock } = this.#options;
    const now = clock();
    const bodyHash = createHash("sha256")
      .update(JSON.stringify(canonical(body)))
      .digest("hex");
    const known = store.keys.get(key);
    if (known && now.getTime() - Date.parse(known.at) < KEY_LIFE_MS) {
      if (known.bodyHash !== bodyHash)
        throw new FakeRefusal(400, "invalid_request", "Idempotence key duplicated", "Idempotence-Key");
      return this.read(known.paymentId);
    }
    const record = this.#make(body, now);
    store.putRecord(record);
    store.putKey({ key, bodyHash, paymentId: record.payment.id, at: now.toISOString() });
    return record.payment;
  }

  read(id: string): FakePayment {
    return this.find(id).payment;
  }

  /** Closes what nobody confirmed or captured in time, as the provider does. */
  find(id: string): FakeRecord {
    const record = this.#options.store.records.get(id);
    if (!record) throw new FakeRefusal(404, "not_found", "Payment doesn't exist", "payment_id");
    const now = this.#options.clock().getTime();
    const { payment } = record;
    if (payment.status === "pending" && now - Date.parse(payment.created_at) >= CONFIRM_LIFE_MS)
      return this.#cancel(record, "yoo_money", "expired_on_confirmation");
    if (payment.status === "waiting_for_capture" && payment.expires_at && now >= Date.parse(payment.expires_at))
      return this.#cancel(record, "yoo_money", "expired_on_capture");
    return record;
  }

  /** Newest first, as the provider lists them; the cursor is the id of the last payment shown. */
  list(query: URLSearchParams): { type: "list"; items: FakePayment[]; next_cursor?: string } {
    const limit = Number(query.get("limit") ?? "10");
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      throw new FakeRefusal(400, "invalid_request", "Limit must be from 1 to 100", "limit");
    const all = [...this.#options.store.records.keys()].reverse().map((id) => this.read(id));
    const cursor = query.get("cursor");
    const at = cursor === null ? -1 : all.findIndex((payment) => payment.id === cursor);
    if (cursor !== null && at < 0) throw new FakeRefusal(400, "invalid_request", "Unknown cursor", "cursor");
    const matching = all.slice(at + 1).filter((payment) => matches(payment, query));
    const items = matching.slice(0, limit);
    const last = items.at(-1);
    return { type: "list", items, ...(matching.length > limit && last && { next_cursor: last.id }) };
  }

  /** What the payer did on the page. A settled payment stays as it is: a second press changes nothing. */
  settle(id: string, outcome: Outcome, reason?: string): FakePayment {
    const record = this.find(id);
    if (record.payment.status !== "pending") return record.payment;
    if (outcome === "refused") return this.#cancel(record, "yoo_money", reason ?? "general_decline").payment;
    if (outcome === "expired") return this.#cancel(record, "yoo_money", "expired_on_confirmation").payment;
    return this.#pay(record);
  }

  capture(id: string): FakePayment {
    const record = this.#waiting(id);
    return this.#finish(record, record.payment);
  }

  cancel(id: string): FakePayment {
    return this.#cancel(this.#waiting(id), "merchant", "canceled_by_merchant").payment;
  }

  #waiting(id: string): FakeRecord {
    const record = this.find(id);
    if (record.payment.status !== "waiting_for_capture")
      throw new FakeRefusal(400, "invalid_request", "Payment is not waiting for capture", "payment_id");
    return record;
  }

  #make(body: unknown, now: Date): FakeRecord {
    const parsed = CreateBody.safeParse(body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new FakeRefusal(400, "invalid_request", issue?.message ?? "Malformed", issue?.path.join(".") || undefined);
    }
    const { amount, capture, description, confirmation, metadata, receipt } = parsed.data;
    const items = receipt?.items.reduce((sum, item) => sum + parseAmount(item.amount.value), 0n);
    if (items !== undefined && items !== parseAmount(amount.value))
      throw new FakeRefusal(400, "invalid_request", "Receipt items do not add up to the amount", "receipt.items");
    const id = randomUUID();
    const payment: FakePayment = {
      id,
      status: "pending",
      paid: false,
      amount,
      ...(description !== undefined && { description }),
      recipient: { account_id: this.#options.shopId, gateway_id: `${this.#options.shopId}01` },
      metadata,
      confirmation: { ...confirmation, confirmation_url: this.#options.pageUrl(id) },
      ...(receipt && { receipt_registration: "pending" as const }),
      refundable: false,
      test: true,
      created_at: now.toISOString(),
    };
    return { payment, capture, returnUrl: confirmation.return_url };
  }

  #pay(record: FakeRecord): FakePayment {
    const { confirmation: _spent, ...rest } = record.payment;
    const card = { first6: "220000", last4: "4477", expiry_year: "2030", expiry_month: "12", card_type: "Mir" };
    const payment: FakePayment = {
      ...rest,
      paid: true,
      payment_method: {
        type: "bank_card",
        id: rest.id,
        saved: false,
        status: "inactive",
        title: "Bank card *4477",
        card,
      },
      authorization_details: { rrn: "603668680243", auth_code: "000000", three_d_secure: { applied: true } },
    };
    if (record.capture) return this.#finish(record, payment);
    const expires = new Date(this.#options.clock().getTime() + CAPTURE_LIFE_MS).toISOString();
    return this.#save(record, { ...payment, status: "waiting_for_capture", expires_at: expires }).payment;
  }

  #finish(record: FakeRecord, payment: FakePayment): FakePayment {
    const { expires_at: _past, ...rest } = payment;
    const { value, currency } = payment.amount;
    return this.#save(record, {
      ...rest,
      status: "succeeded",
      captured_at: this.#options.clock().toISOString(),
      income_amount: { value: formatAmount(incomeOf(parseAmount(value))), currency },
      refunded_amount: { value: "0.00", currency },
      refundable: true,
      ...(payment.receipt_registration && { receipt_registration: "succeeded" as const }),
    }).payment;
  }

  #cancel(record: FakeRecord, party: string, reason: string): FakeRecord {
    const { confirmation: _spent, expires_at: _past, ...rest } = record.payment;
    return this.#save(record, {
      ...rest,
      status: "canceled",
      paid: false,
      cancellation_details: { party, reason },
      ...(rest.receipt_registration && { receipt_registration: "canceled" as const }),
    });
  }

  #save(record: FakeRecord, payment: FakePayment): FakeRecord {
    const saved = { ...record, payment };
    this.#options.store.putRecord(saved);
    this.#options.onEvent(`payment.${payment.status}`, payment);
    return saved;
  }
}

function matches(payment: FakePayment, query: URLSearchParams): boolean {
  const status = query.get("status");
  if (status !== null && payment.status !== status) return false;
  return (["created_at", "captured_at"] as const).every((field) => {
    const at = payment[field] === undefined ? Number.NaN : Date.parse(payment[field]);
    const bound = (name: string) => query.get(`${field}.${name}`);
    const holds = (name: string, test: (limit: number) => boolean) => {
      const limit = bound(name);
      return limit === null || test(Date.parse(limit));
    };
    return (
      holds("gte", (limit) => at >= limit) &&
      holds("gt", (limit) => at > limit) &&
      holds("lte", (limit) => at <= limit) &&
      holds("lt", (limit) => at < limit)
    );
  });
}
