import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { nearness } from "./internal";
import { addressLine } from "./rules/address-line";
import { searchQuery, wholeNumber } from "./rules/search-words";
import { SearchAccountsInput } from "./schema";

export interface FoundAccount {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly customerName: string;
  readonly phone: string | null;
  readonly address: string | null;
  readonly balanceMinor: Minor;
  readonly closed: boolean;
}

/** Of more than these the best is not looked for: whoever typed so little goes on typing. */
const CONSIDERED = 400;

/**
 * Accounts whose words begin with every word of the query: phone, account, contract, name, address, e-mail. The one whose
 * number was typed whole comes first, be it the account's, the contract's or the phone, in this order.
 */
export async function searchAccounts(ctx: Context, raw: SearchAccountsInput): Promise<FoundAccount[]> {
  requirePermission(ctx, "customer:search");
  const input = SearchAccountsInput.parse(raw);
  const query = searchQuery(input.query);
  if (!query) return [];
  const { number } = wholeNumber(input.query);
  const near = nearness(input.query);
  const rows = await rowsOf<{
    account_id: string;
    account_number: string;
    contract_number: string;
    name: string;
    phone: string | null;
    city: string | null;
    street: string;
    house: string;
    flat: string | null;
    balance_minor: string;
    closed: boolean;
  }>(
    ctx,
    sql`
    select a.id as account_id, a.number as account_number, c.number as contract_number, u.name, u.phone,
           d.city, d.street, d.house, d.flat, coalesce(b.balance_minor, 0) as balance_minor, a.closed_on is not null as closed
    from (
      (select account_id from account_search where document @@ ${`'${number}'`}::tsquery limit ${CONSIDERED})
      union
      (select account_id from account_search where document @@ ${query}::tsquery limit ${CONSIDERED})
    ) hit
    join accounts a on a.id = hit.account_id
    join contracts c on c.id = a.contract_id
    join customers u on u.id = a.customer_id
    left join addresses d on d.id = a.address_id
    left join account_balances b on b.account_id = a.id
    order by ${near ? sql`${near}, ` : sql``}a.closed_on is not null, u.name, a.number
    limit ${input.limit}`,
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    accountNumber: row.account_number,
    contractNumber: row.contract_number,
    customerName: row.name,
    phone: row.phone,
    address: row.city ? addressLine({ city: row.city, street: row.street, house: row.house, flat: row.flat }) : null,
    balanceMinor: BigInt(row.balance_minor),
    closed: row.closed,
  }));
}
