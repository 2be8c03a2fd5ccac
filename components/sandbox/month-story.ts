import type { CopyFacts } from "./outputs";

export type StoryItem =
  | { readonly kind: "charge"; readonly on: string; readonly charge: CopyFacts["charges"][number] }
  | { readonly kind: "credit"; readonly on: string; readonly credit: CopyFacts["credits"][number] }
  | { readonly kind: "payment"; readonly on: string; readonly payment: CopyFacts["payments"][number] }
  | { readonly kind: "document"; readonly on: string; readonly document: CopyFacts["documents"][number] }
  | { readonly kind: "block"; readonly on: string; readonly block: CopyFacts["blocks"][number] };

/** Of one day: money comes before it is spent, what lies between is told between, and the month's document closes it. */
const ORDER = ["payment", "credit", "block", "charge", "document"];

/** What happened in one calendar month of a copy, in the order of days; what is booked before the copy counts on its first day. */
export function storyOf(copy: CopyFacts, month: string): StoryItem[] {
  const since = (day: string) => (day < copy.copiedOn ? copy.copiedOn : day);
  const items: StoryItem[] = [
    ...copy.charges.map((charge) => ({ kind: "charge" as const, on: since(charge.bookedOn), charge })),
    ...copy.credits.map((credit) => ({ kind: "credit" as const, on: since(credit.bookedOn), credit })),
    ...copy.payments
      .filter((payment) => payment.posted)
      .map((payment) => ({ kind: "payment" as const, on: since(payment.paidOn), payment })),
    ...copy.documents.map((document) => ({ kind: "document" as const, on: since(document.issuedOn), document })),
    ...copy.blocks.map((block) => ({ kind: "block" as const, on: since(block.fromOn), block })),
  ];
  return items
    .filter(({ on }) => on.slice(0, 7) === month.slice(0, 7))
    .sort((a, b) => (a.on === b.on ? ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) : a.on < b.on ? -1 : 1));
}
