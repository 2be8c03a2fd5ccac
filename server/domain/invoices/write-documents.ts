import { sql } from "drizzle-orm";
import type { CustomerKind } from "@/server/domain/crm";
import type { Day } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import type { DocumentKind } from "./constants";

/** Who a document is between, with the requisites as they are today put by. */
export interface Parties {
  readonly accountId: string;
  readonly legalEntityId: string;
  readonly customerKind: CustomerKind;
  readonly contractNumber: string;
  readonly accountNumber: string;
  /** Of the account; null = the operator's setting. */
  readonly paymentTermDays: number | null;
  readonly sellerId: string;
  readonly buyerId: string;
}

/**
 * Snapshots of the requisites of accounts' both sides: one statement, and a row only for what was not seen before. The address
 * is written as crm's `addressLine` writes it, but where the rows are: a month has a million of them.
 */
export async function putParties(tx: Context, accountIds: readonly string[]): Promise<Map<string, Parties>> {
  const digest = (...columns: string[]) =>
    sql.raw(
      `substr(encode(sha256(convert_to(jsonb_build_array(${columns.join(", ")})::text, 'UTF8')), 'hex'), 1, 32)::uuid`,
    );
  const buyer = ["name", "inn", "kpp", "address", "contract_number", "signed_on", "account_number"];
  const rows = await rowsOf<Record<string, string | null>>(
    tx,
    sql`
    with sellers as materialized (
      select id as seller, name as seller_name, inn as seller_inn, ${digest("name", "inn")} as seller_id from legal_entities
    ), owners as materialized (
      select o.*, ${digest(...buyer)} as buyer_id
      from (
        select a.id as account_id, c.legal_entity_id, u.kind as customer_kind, a.payment_term_days, u.name, u.inn, u.kpp,
               nullif(concat_ws(', ', h.city, h.street, h.house, 'кв. ' || h.flat), '') as address, c.number as contract_number,
               c.signed_on, a.number as account_number, e.seller_id
        from accounts a
        join contracts c on c.id = a.contract_id
        join customers u on u.id = a.customer_id
        join sellers e on e.seller = c.legal_entity_id
        left join addresses h on h.id = a.address_id
        where a.id = ${anyOf(accountIds, "uuid")}
      ) o
    ), put as (
      insert into document_parties (id, name, inn, kpp, address, contract_number, signed_on, account_number)
      select buyer_id, name, inn, kpp, address, contract_number, signed_on, account_number from owners
      union all
      select seller_id, seller_name, seller_inn, null, null, null, null, null from sellers
      where seller in (select legal_entity_id from owners)
      order by 1
      on conflict do nothing
    )
    select account_id, legal_entity_id, customer_kind, payment_term_days, contract_number, account_number, seller_id, buyer_id
    from owners`,
  );
  return new Map(
    rows.map((row) => [
      String(row.account_id),
      {
        accountId: String(row.account_id),
        legalEntityId: String(row.legal_entity_id),
        customerKind: row.customer_kind as CustomerKind,
        contractNumber: String(row.contract_number),
        accountNumber: String(row.account_number),
        paymentTermDays: row.payment_term_days === null ? null : Number(row.payment_term_days),
        sellerId: String(row.seller_id),
        buyerId: String(row.buyer_id),
      },
    ]),
  );
}

/** A document with everything but its number. */
export interface NewDocument {
  readonly parties: Parties;
  readonly month: Day;
  readonly kind: DocumentKind;
  readonly ordinal: number;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly totalMinor: Minor;
  readonly vatMinor: Minor;
  readonly requestKey?: string;
}

/**
 * Numbers documents and writes them. The last short step of an issue: each series is one row, locked from here to the commit,
 * so numbers have no gap, however many issue at once; a rollback gives them back.
 */
export async function writeDocuments(tx: Context, documents: readonly NewDocument[]): Promise<void> {
  if (documents.length === 0) return;
  assertInvariant(tx.inTransaction, "invoices.outside_transaction");
  const seriesKey = ({ parties, kind, issuedOn }: NewDocument) =>
    `${parties.legalEntityId} ${kind} ${issuedOn.slice(0, 4)}`;
  const wanted = [...Map.groupBy(documents, seriesKey)].map(([key, [first]]) => ({ key, first: first as NewDocument }));
  const series = tableOf(wanted, {
    legal_entity_id: ["uuid", ({ first }) => first.parties.legalEntityId],
    kind: ["text", ({ first }) => first.kind],
    year: ["int", ({ first }) => Number(first.issuedOn.slice(0, 4))],
  });
  await tx.db.execute(sql`
    insert into number_series (legal_entity_id, kind, year)
    select legal_entity_id, kind, year from ${series} s order by 1, 2, 3 on conflict do nothing`);
  const rows = await rowsOf<{ id: number; legal_entity_id: string; kind: string; year: number; last_number: number }>(
    tx,
    sql`
    select n.id, n.legal_entity_id, n.kind, n.year, n.last_number
    from number_series n join ${series} s using (legal_entity_id, kind, year) order by n.id for update of n`,
  );
  const taken = new Map(
    rows.map((row) => [`${row.legal_entity_id} ${row.kind} ${row.year}`, { id: row.id, last: row.last_number }]),
  );
  const numbered = documents.map((document) => {
    const place = taken.get(seriesKey(document));
    assertInvariant(place, "invoices.no_series");
    place.last += 1;
    return { document, seriesId: place.id, number: place.last };
  });
  await tx.db.execute(sql`
    with counted as (
      update number_series n set last_number = s.last from ${tableOf([...taken.values()], {
        id: ["int", (one) => one.id],
        last: ["int", (one) => one.last],
      })} s where n.id = s.id
    )
    insert into invoices (account_id, month, series_id, number, issued_on, due_on, total_minor, vat_minor, seller_id, buyer_id,
                          request_key, ordinal, kind)
    select d.account_id, d.month, d.series_id, d.number, d.issued_on, d.due_on, d.total_minor, d.vat_minor, d.seller_id, d.buyer_id,
           d.request_key, d.ordinal, d.kind
    from ${tableOf(numbered, {
      account_id: ["uuid", (d) => d.document.parties.accountId],
      month: ["date", (d) => d.document.month],
      series_id: ["int", (d) => d.seriesId],
      number: ["int", (d) => d.number],
      issued_on: ["date", (d) => d.document.issuedOn],
      due_on: ["date", (d) => d.document.dueOn],
      total_minor: ["bigint", (d) => d.document.totalMinor],
      vat_minor: ["bigint", (d) => d.document.vatMinor],
      seller_id: ["uuid", (d) => d.document.parties.sellerId],
      buyer_id: ["uuid", (d) => d.document.parties.buyerId],
      request_key: ["uuid", (d) => d.document.requestKey ?? null],
      ordinal: ["smallint", (d) => d.document.ordinal],
      kind: ["text", (d) => d.document.kind],
    })} d`);
}
