import type { CustomerKind } from "@/server/domain/crm";
import { addDays, type Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { DocumentKind } from "../constants";

/**
 * Which documents a month's sum makes: an invoice, with an act beside it for a company or a sole trader; a credit note when
 * more was given back than charged; none for nothing.
 */
export function documentsOf(customer: CustomerKind, totalMinor: Minor): DocumentKind[] {
  if (totalMinor === 0n) return [];
  if (totalMinor < 0n) return ["credit_note"];
  return customer === "person" ? ["invoice"] : ["invoice", "act"];
}

/** Only what asks for money has a day to pay it by. */
export function dueOnOf(kind: DocumentKind, issuedOn: Day, termDays: number): Day | null {
  return kind === "invoice" || kind === "payment_request" ? addDays(issuedOn, termDays) : null;
}
