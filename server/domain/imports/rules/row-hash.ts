import { createHash } from "node:crypto";
import type { Mapping } from "../schema";

/** A column of a file that a mapping takes something from. */
export interface TakenColumn {
  readonly column: string;
  readonly optional: boolean;
}

/** Every column the mapping takes something from, sorted: the order of columns in a file means nothing. */
export function columnsOf(mapping: Mapping): TakenColumn[] {
  const found = new Map<string, boolean>();
  const add = (column: string, optional: boolean) => found.set(column, optional && (found.get(column) ?? true));
  add(mapping.id, false);
  for (const text of [mapping.name, mapping.accountNumber, mapping.contractNumber]) {
    if ("template" in text) for (const [, column = ""] of text.template.matchAll(TEMPLATE)) add(column, false);
    else add(text.column, text.optional);
  }
  const address = mapping.address;
  const places = !address
    ? []
    : "line" in address
      ? [address.line]
      : [address.city, address.street, address.house, address.flat];
  const fields = [
    mapping.phone,
    mapping.email,
    mapping.inn,
    mapping.monthlyFee,
    mapping.login,
    mapping.secret,
    mapping.status,
    mapping.startedOn,
    mapping.terminatedOn,
    mapping.openingBalance,
    mapping.creditLimit,
    mapping.paymentTermDays,
    mapping.blockDelayDays,
    typeof mapping.kind === "string" ? undefined : mapping.kind,
    ...places,
  ];
  for (const field of fields) if (field) add(field.column, field.optional);
  for (const product of mapping.products) add(product.column, false);
  if (mapping.history) for (const column of [mapping.history.months, mapping.history.total]) add(column, false);
  return [...found].map(([column, optional]) => ({ column, optional })).sort((a, b) => (a.column < b.column ? -1 : 1));
}

export const TEMPLATE = /\{([^{}]+)\}/g;

/** What a row says in the columns that are taken, as a digest: another value there is a changed row. */
export function rowHash(columns: readonly { column: string }[], cell: (column: string) => string): string {
  const said = columns.map(({ column }) => [column, cell(column)]);
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}
