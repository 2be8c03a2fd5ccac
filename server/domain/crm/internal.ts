import { asc, type SQL, sql } from "drizzle-orm";
import { accounts, addresses, contracts, legalEntities } from "@/db/schema";
import { openBalances } from "@/server/domain/ledger";
import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { type AddressParts, addressLine } from "./rules/address-line";
import { documentWords, wholeNumber } from "./rules/search-words";

/** The operator's own company that contracts are signed with. Throws `precondition` until the operator is set up. */
export async function readLegalEntity(ctx: Context) {
  const [entity] = await ctx.db.select().from(legalEntities).orderBy(asc(legalEntities.createdAt)).limit(1);
  if (!entity) throw new DomainError("precondition", "operator.not_set_up");
  return entity;
}

export interface Numbers {
  readonly contractNumber: string;
  readonly accountNumber: string;
}

/** Throws `conflict` (`contract.number_taken`, `account.number_taken`) that names the first number in use. */
export async function refuseTakenNumbers(tx: Context, legalEntityId: string, input: readonly Numbers[]): Promise<void> {
  const column = (pick: (row: Numbers) => string) => pgArray(input.map(pick), "text");
  const [taken] = await rowsOf<{ what: string; number: string }>(
    tx,
    sql`
    select 'contract' as what, number from contracts
    where legal_entity_id = ${legalEntityId} and number = any(${column((row) => row.contractNumber)})
    union all
    select 'account', number from accounts where number = any(${column((row) => row.accountNumber)})
    limit 1`,
  );
  if (taken) throw new DomainError("conflict", `${taken.what}.number_taken`, { number: taken.number });
}

/** An account to be, with its contract, and the words of its customer that it is found by. */
export interface NewAccount extends Numbers {
  readonly customerId: string;
  readonly contractId: string;
  readonly accountId: string;
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  readonly anchorDay: number;
  readonly creditLimitMinor: Minor;
  readonly paymentTermDays: number | null;
  readonly blockDelayDays: number | null;
  readonly address: AddressParts | null;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Contracts, addresses, accounts with their balances, and the line each is found by: a chunk in five statements. */
export async function insertAccounts(tx: Context, legalEntityId: string, chunk: readonly NewAccount[]): Promise<void> {
  await tx.db.insert(contracts).values(
    chunk.map((row) => ({
      id: row.contractId,
      customerId: row.customerId,
      legalEntityId,
      number: row.contractNumber,
      signedOn: row.openedOn,
      terminatedOn: row.closedOn,
    })),
  );
  const placed = chunk.map((row) => ({ row, addressId: row.address ? tx.newId() : null }));
  const homes = placed.flatMap(({ row, addressId }) =>
    addressId && row.address ? [{ id: addressId, ...row.address }] : [],
  );
  if (homes.length > 0) await tx.db.insert(addresses).values(homes);
  await tx.db.insert(accounts).values(
    placed.map(({ row, addressId }) => ({
      id: row.accountId,
      number: row.accountNumber,
      customerId: row.customerId,
      contractId: row.contractId,
      addressId,
      anchorDay: row.anchorDay,
      creditLimitMinor: row.creditLimitMinor,
      paymentTermDays: row.paymentTermDays,
      blockDelayDays: row.blockDelayDays,
      openedOn: row.openedOn,
      closedOn: row.closedOn,
    })),
  );
  await openBalances(
    tx,
    chunk.map((row) => row.accountId),
    "RUB",
  );
  const documents = chunk.map((row) => ({
    account_id: row.accountId,
    words: documentWords({ ...row, address: row.address ? addressLine(row.address) : null }),
  }));
  await tx.db.execute(sql`
    insert into account_search (account_id, document)
    select d.account_id, array_to_tsvector(d.words)
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as d(account_id uuid, words text[])`);
}

/**
 * How nearly an account `a` of a customer `u` is what was typed: its own number (0), its contract's (1), the phone (2), or
 * merely begins with the words (3). A number is compared as it is read aloud: letters and digits alone. Null for words
 * without a digit: no number is like that, and a whole town need not be weighed.
 */
export function nearness(typed: string): SQL | null {
  const { number, phone } = wholeNumber(typed);
  if (!/\d/.test(number)) return null;
  const read = (column: SQL) =>
    sql`regexp_replace(replace(lower(${column}), 'ё', 'е'), '[^[:alnum:]]', '', 'g') = ${number}`;
  return sql`case
    when ${read(sql`a.number`)} then 0
    when exists (select from contracts where contracts.id = a.contract_id and ${read(sql`contracts.number`)}) then 1
    when u.phone = ${phone} then 2
    else 3 end`;
}
