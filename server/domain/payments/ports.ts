import type { Currency, Minor } from "@/server/kernel/money";
import type { AnswerOutcome, TerminalCommand } from "./constants";

/** What we ask a provider to collect. Stored before the call; a repeat carries the same key. */
export interface CollectRequest {
  readonly idempotenceKey: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly description: string;
  readonly returnUrl: string;
  /** At most 16 pairs; carries our payment id and account id so that a re-read can be matched. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Fiscal receipt (54-ФЗ): an advance top-up carries `advance` + `payment` + 22/122. Null = the shop sends none. */
  readonly receipt: { readonly contact: { readonly email?: string; readonly phone?: string } } | null;
}

export type GatewayPaymentStatus = "pending" | "waiting_for_capture" | "succeeded" | "canceled";

/** A payment as the provider's API tells it: the truth a webhook only hints at. */
export interface GatewayPayment {
  readonly id: string;
  readonly status: GatewayPaymentStatus;
  readonly paid: boolean;
  readonly test: boolean;
  readonly amountMinor: Minor;
  readonly currency: string;
  /** What reaches the operator after the provider's fee and its VAT. */
  readonly incomeAmountMinor: Minor | null;
  readonly shopId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly confirmationUrl: string | null;
  readonly createdAt: Date;
  readonly capturedAt: Date | null;
  /** «bank_card *4477»: the provider's name of the kind, and the last digits where there are any. Screens have the words. */
  readonly methodTitle: string | null;
  readonly cancellationReason: string | null;
}

/**
 * Throws only `GatewayError`. `unknown` is not `failed`: the payment may exist, so the caller repeats with the same
 * key or reads it back.
 */
export interface PaymentGateway {
  readonly provider: "yookassa";
  /** True when the fake provider stands in; screens say so. */
  readonly testMode: boolean;
  readonly shopId: string;
  createPayment(request: CollectRequest): Promise<GatewayPayment>;
  readPayment(providerPaymentId: string): Promise<GatewayPayment>;
}

export type GatewayErrorKind = "declined" | "unknown" | "rate_limited" | "not_found";

/** Carries nothing of the transport: no headers, no request, no secret. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  constructor(
    readonly kind: GatewayErrorKind,
    /** The provider's own code, for the log. */
    readonly code: string,
  ) {
    super(`gateway ${kind}: ${code}`);
  }
}

/** What a terminal wrote, by its meaning and not by its dialect's names: text as it came, null where it said nothing. */
export interface TerminalWords {
  /** Nothing of it can be relied on: a parameter twice, too long, not of a form that the protocol has. */
  readonly malformed: boolean;
  readonly command: string | null;
  readonly txnId: string | null;
  readonly account: string | null;
  readonly sum: string | null;
  readonly paidAt: Date | "unreadable" | null;
  readonly mustHaveDate: boolean;
}

/** What it is answered; a dialect has the code and the words. */
export interface TerminalAnswer {
  readonly outcome: AnswerOutcome;
  readonly command: TerminalCommand | null;
  readonly txnId: string | null;
  /** Of the payment that is there, ours and unlike any other's. */
  readonly payment: TerminalPayment | null;
}

export interface TerminalPayment {
  readonly number: bigint;
  readonly amountMinor: Minor;
  readonly receivedAt: Date;
}
