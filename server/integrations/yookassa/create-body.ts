import { type CollectRequest, GatewayError } from "@/server/domain/payments/ports";
import { formatAmount } from "@/server/kernel/money";

/** 22/122: VAT taken out of an advance since 2026. */
const VAT_ADVANCE = 12;
const MAX_TEXT = 128;
const MAX_PAIRS = 16;
const MAX_PAIR_KEY = 32;
const MAX_PAIR_VALUE = 512;
const MAX_RETURN_URL = 2048;

function refuse(code: string): never {
  throw new GatewayError("declined", code);
}

function checkedMetadata(metadata: CollectRequest["metadata"]): Record<string, string> {
  const pairs = Object.entries(metadata);
  if (pairs.length > MAX_PAIRS) refuse("metadata_too_many");
  if (pairs.some(([key, value]) => key.length > MAX_PAIR_KEY || value.length > MAX_PAIR_VALUE))
    refuse("metadata_too_long");
  return Object.fromEntries(pairs);
}

/** The provider wants the phone as bare digits of E.164: 79000000000. */
function receiptCustomer(contact: NonNullable<CollectRequest["receipt"]>["contact"]) {
  const phone = contact.phone?.replace(/\D/g, "") ?? "";
  if (contact.email) return { email: contact.email };
  return /^\d{4,15}$/.test(phone) ? { phone } : refuse("receipt_contact_missing");
}

/**
 * The body of POST /payments: one step (`capture: true`), redirect to the provider's page. A top-up names no service,
 * so its receipt is an advance: `advance` + `payment` + 22/122 (54-ФЗ; the closing receipt comes with the charge).
 * Throws `GatewayError` `declined` on what the provider would refuse anyway, before anything is sent.
 */
export function toCreateBody(request: CollectRequest): Record<string, unknown> {
  if (request.amountMinor <= 0n) refuse("amount_not_positive");
  if (request.returnUrl.length > MAX_RETURN_URL) refuse("return_url_too_long");
  const amount = { value: formatAmount(request.amountMinor), currency: request.currency };
  const description = [...request.description].slice(0, MAX_TEXT).join("");
  return {
    amount,
    capture: true,
    description,
    confirmation: { type: "redirect", return_url: request.returnUrl },
    metadata: checkedMetadata(request.metadata),
    ...(request.receipt && {
      receipt: {
        customer: receiptCustomer(request.receipt.contact),
        items: [
          {
            description,
            quantity: 1,
            measure: "piece",
            amount,
            vat_code: VAT_ADVANCE,
            payment_mode: "advance",
            payment_subject: "payment",
          },
        ],
        internet: true,
      },
    }),
  };
}
