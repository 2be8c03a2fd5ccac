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

/**
 * The day to pay by: of what asks for money, while there is money to ask for. An invoice whose sum the balance has covered
 * (prepaid) asks for nothing.
 */
export function dueOnOf(kind: DocumentKind, issuedOn: Day, termDays: number, balanceMinor: Minor): Day | null {
  const asks = kind === "payment_request" || (kind === "invoice" && balanceMinor < 0n);
  return asks ? addDays(issuedOn, termDays) : null;
}
