import type { Day } from "@/server/kernel/day";
import type { DocumentKind } from "../constants";

const PREFIX: Record<DocumentKind, string> = { invoice: "С", act: "А", credit_note: "К", payment_request: "П" };

/** «С-2026-000042»: the kind, the year of the document's day, the number in the series of that year. */
export function documentNumber(kind: DocumentKind, issuedOn: Day, number: number): string {
  return `${PREFIX[kind]}-${issuedOn.slice(0, 4)}-${number.toString().padStart(6, "0")}`;
}

/** A document's place among its account's, as an address has it: `2026-10-invoice-0`. */
export interface DocumentPlace {
  readonly month: Day;
  readonly kind: DocumentKind;
  readonly ordinal: number;
}

const SLUG = /^(\d{4}-(?:0[1-9]|1[0-2]))-(invoice|act|credit_note|payment_request)-(\d{1,4})$/;

export const documentSlug = ({ month, kind, ordinal }: DocumentPlace): string =>
  `${month.slice(0, 7)}-${kind}-${ordinal}`;

/** Null for anything that is not one. */
export function placeOfSlug(slug: string): DocumentPlace | null {
  const [, month, kind, ordinal] = SLUG.exec(slug) ?? [];
  if (month === undefined) return null;
  return { month: `${month}-01` as Day, kind: kind as DocumentKind, ordinal: Number(ordinal) };
}
