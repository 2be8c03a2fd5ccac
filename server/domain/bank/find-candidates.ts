import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { isClientAccount } from "./rules/client-account";
import { plainNumber, readPurpose } from "./rules/read-purpose";
import { type Candidate, type Suggestion, weighAccounts } from "./rules/weigh-accounts";

/** What is asked about a credit. */
export interface Asked {
  readonly id: string;
  readonly legalEntityId: string;
  readonly amountMinor: bigint;
  readonly payerAccount: string;
  readonly payerInn: string;
  readonly purpose: string;
}

interface Found extends Record<string, unknown> {
  readonly account_id: string;
  readonly number: string;
  readonly contract_number: string;
  readonly legal_entity_id: string;
  readonly name: string;
  readonly inn: string | null;
  readonly closed: boolean;
  readonly of_contract: string;
  readonly of_customer: string;
}

/** Accounts of the same company that each credit may be meant for, weighed; in a few questions for however many credits. */
export async function findCandidates(ctx: Context, credits: readonly Asked[]): Promise<Map<string, Suggestion[]>> {
  requirePermission(ctx, "bank:read");
  if (credits.length === 0) return new Map();
  const asked = credits.map((credit) => ({ credit, numbers: [...readPurpose(credit.purpose).all] }));
  const payers = [...new Set(credits.map((credit) => credit.payerAccount).filter(isClientAccount))];
  const known = await rowsOf<{ payer_account: string; account_id: string }>(
    ctx,
    sql`
    select distinct k.payer_account, m.account_id from bank_credits k join bank_matches m on m.credit_id = k.id
    where k.payer_account = ${anyOf(payers, "text")}`,
  );
  const found = await listFound(ctx, asked, known);
  const waiting = await listDocumentSums(ctx, credits, found);
  const index = indexOf(found, known);
  return new Map(
    asked.map(({ credit, numbers }) => {
      const near = new Set<Found>(
        [
          ...numbers.flatMap((number) => index.byNumber.get(number) ?? []),
          ...(credit.payerInn === "" ? [] : (index.byInn.get(credit.payerInn) ?? [])),
          ...(index.byPayer.get(credit.payerAccount) ?? []),
        ].filter((one) => one.legal_entity_id === credit.legalEntityId),
      );
      const paid = new Set(index.byPayer.get(credit.payerAccount));
      const candidates = [...near].map(
        (one): Candidate => ({
          accountId: one.account_id,
          accountNumber: one.number,
          contractNumber: one.contract_number,
          customerName: one.name,
          customerInn: one.inn,
          isClosed: one.closed,
          isOnlyOfContract: Number(one.of_contract) === 1,
          isOnlyOfCustomer: Number(one.of_customer) === 1,
          isPayerKnown: paid.has(one),
          hasDocumentOfSum: waiting.has(`${one.account_id} ${credit.amountMinor}`),
        }),
      );
      return [credit.id, weighAccounts(credit, candidates)];
    }),
  );
}

function listFound(
  ctx: Context,
  asked: readonly { readonly credit: Asked; readonly numbers: readonly string[] }[],
  known: readonly { readonly account_id: string }[],
): Promise<Found[]> {
  // Numbers are stored as the operator writes them; what was read of a purpose is in capitals.
  const numbers = [
    ...new Set(asked.flatMap((one) => one.numbers.flatMap((text) => [text, text.toLocaleLowerCase("ru")]))),
  ];
  const inns = [...new Set(asked.map(({ credit }) => credit.payerInn).filter((inn) => inn !== ""))];
  const entities = [...new Set(asked.map(({ credit }) => credit.legalEntityId))];
  return rowsOf<Found>(
    ctx,
    sql`
    select a.id as account_id, a.number, c.number as contract_number, c.legal_entity_id, u.name, u.inn,
           a.closed_on is not null as closed,
           (select count(*) from accounts o where o.contract_id = a.contract_id and o.closed_on is null) as of_contract,
           (select count(*) from accounts o where o.customer_id = a.customer_id and o.closed_on is null) as of_customer
    from (
      select id from accounts where number = ${anyOf(numbers, "text")}
      union
      select a.id from contracts c join accounts a on a.contract_id = c.id
      where c.legal_entity_id = ${anyOf(entities, "uuid")} and c.number = ${anyOf(numbers, "text")}
      union
      select a.id from customers u join accounts a on a.customer_id = u.id where u.inn is not null and u.inn = ${anyOf(inns, "text")}
      union
      select id from accounts where id = ${anyOf([...new Set(known.map((one) => one.account_id))], "uuid")}
    ) f
    join accounts a on a.id = f.id
    join contracts c on c.id = a.contract_id
    join customers u on u.id = a.customer_id`,
  );
}

/** «account sum» of documents that ask for money and that no payment of the same sum has come for since. */
async function listDocumentSums(
  ctx: Context,
  credits: readonly Asked[],
  found: readonly Found[],
): Promise<Set<string>> {
  if (found.length === 0) return new Set();
  const sums = [...new Set(credits.map((credit) => credit.amountMinor))];
  const rows = await rowsOf<{ account_id: string; total_minor: string }>(
    ctx,
    sql`
    select i.account_id, i.total_minor from invoices i
    where i.account_id = ${anyOf(
      found.map((one) => one.account_id),
      "uuid",
    )} and i.kind in ('invoice', 'payment_request') and i.total_minor = ${anyOf(sums, "bigint")}
      and i.month >= (${ctx.now().toISOString()}::timestamptz - interval '13 months')::date
      and not exists (
        select from payments p where p.account_id = i.account_id and p.state = 'posted' and p.amount_minor = i.total_minor
          and p.paid_at >= i.issued_on)`,
  );
  return new Set(rows.map((row) => `${row.account_id} ${row.total_minor}`));
}

function indexOf(found: readonly Found[], known: readonly { payer_account: string; account_id: string }[]) {
  const byNumber = new Map<string, Found[]>();
  const byInn = new Map<string, Found[]>();
  const byPayer = new Map<string, Found[]>();
  const put = (map: Map<string, Found[]>, key: string, one: Found) => {
    const list = map.get(key);
    if (list) list.push(one);
    else map.set(key, [one]);
  };
  for (const one of found) {
    put(byNumber, plainNumber(one.number), one);
    if (one.contract_number !== one.number) put(byNumber, plainNumber(one.contract_number), one);
    if (one.inn !== null) put(byInn, one.inn, one);
  }
  const byId = new Map(found.map((one) => [one.account_id, one]));
  for (const { payer_account, account_id } of known) {
    const one = byId.get(account_id);
    if (one) put(byPayer, payer_account, one);
  }
  return { byNumber, byInn, byPayer };
}
