import { type SQL, sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { addMonths, type Day, dayIn, isDay, toDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { AccountSort, AccountState } from "./constants";
import { nearness } from "./internal";
import { type AddressParts, addressLine } from "./rules/address-line";
import { type PageCursor, readCursor, writeCursor } from "./rules/page-cursor";
import { searchQuery } from "./rules/search-words";
import { type AccountFilter, AccountFilterInput, ListAccountsInput } from "./schema";

export interface ListedAccount {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly customerName: string;
  readonly address: string | null;
  readonly balanceMinor: Minor;
  readonly openedOn: Day;
  readonly endedOn: Day | null;
  readonly state: AccountState;
  /** What it holds now, or, of a terminated one, held last. */
  readonly tariffs: readonly { readonly nameRu: string; readonly nameEn: string }[];
}

export interface AccountPage {
  readonly accounts: readonly ListedAccount[];
  /** Place of the first row among all, from 1; 0 on an empty page. */
  readonly from: number;
  readonly after: string | null;
  readonly before: string | null;
}

const SORT_KEYS: Record<AccountSort, { key: SQL; type: SQL; check: (text: string) => boolean }> = {
  name: { key: sql`u.name`, type: sql`text`, check: () => true },
  number: { key: sql`a.number`, type: sql`text`, check: () => true },
  balance: { key: sql`coalesce(b.balance_minor, 0)`, type: sql`bigint`, check: (text) => /^-?\d{1,18}$/.test(text) },
  opened: { key: sql`a.opened_on`, type: sql`date`, check: isDay },
};

/** By name, as the list opens: an account whose number was typed whole stands before its namesakes, whichever way down. */
function sortKey({ sort, query, descending }: AccountFilter & { sort: AccountSort; descending: boolean }): SQL {
  const { key } = SORT_KEYS[sort];
  const near = sort === "name" ? nearness(query) : null;
  return near ? sql`(${descending ? sql`3 - (${near})` : near})::text || ${key}` : key;
}

/**
 * One page of the accounts that the filter leaves, in the order asked for. Pages are found by the last row seen, not by
 * counting rows over, so the last page costs what the first one does. Throws `invalid` (`page.malformed`) on a page
 * address that is not ours.
 */
export async function listAccounts(ctx: Context, raw: ListAccountsInput): Promise<AccountPage> {
  requirePermission(ctx, "customer:search");
  const input = ListAccountsInput.parse(raw);
  const backward = input.before !== undefined;
  const start = cursorOf(input.before ?? input.after, input.sort);
  const rows = await pageRows(ctx, input, { start, backward, limit: input.limit + 1 });
  const more = rows.length > input.limit;
  const shown = backward ? rows.slice(0, input.limit).reverse() : rows.slice(0, input.limit);
  const from = shown.length === 0 ? 0 : placeOfFirst(start, backward, shown.length);
  const [first, last] = [shown[0], shown.at(-1)];
  const cursor = (row: AccountRow | undefined, place: number) =>
    row ? writeCursor({ value: row.sort_key, id: row.id, place }) : null;
  const [hasNext, hasPrevious] = backward ? [true, more] : [more, start !== null];
  return {
    accounts: shown.map(listed),
    from,
    after: hasNext ? cursor(last, from + shown.length - 1) : null,
    before: hasPrevious ? cursor(first, from) : null,
  };
}

/** How many accounts the filter leaves, counted no further than `COUNT_LIMIT`. */
export async function countAccounts(ctx: Context, raw: AccountFilterInput): Promise<number> {
  requirePermission(ctx, "customer:search");
  const filter = AccountFilterInput.parse(raw);
  const [row] = await rowsOf<{ count: string }>(
    ctx,
    sql`
    select count(*) as count from (
      select from accounts a where ${matches(filter, momentOf(ctx))} limit ${COUNT_LIMIT}
    ) found`,
  );
  return Number(row?.count ?? 0);
}
export const COUNT_LIMIT = 100_000;

/** The state of one account, by the same words as the list's. Throws `not_found` (`account.not_found`). */
export async function readAccountState(ctx: Context, accountId: string): Promise<AccountState> {
  requirePermission(ctx, "customer:search");
  const [row] = await rowsOf<{ state: AccountState }>(
    ctx,
    sql`select ${stateColumn(momentOf(ctx))} as state from accounts a where a.id = ${accountId}`,
  );
  if (!row) throw new DomainError("not_found", "account.not_found");
  return row.state;
}

type AccountRow = {
  id: string;
  sort_key: string;
  number: string;
  contract_number: string;
  name: string;
  city: string | null;
  street: string;
  house: string;
  flat: string | null;
  balance_minor: string;
  opened_on: Day;
  ended_on: Day | null;
  state: AccountState;
  tariffs: { nameRu: string; nameEn: string }[] | null;
};

async function pageRows(
  ctx: Context,
  input: AccountFilter & { sort: AccountSort; descending: boolean },
  page: { start: PageCursor | null; backward: boolean; limit: number },
): Promise<AccountRow[]> {
  const moment = momentOf(ctx);
  const { today } = moment;
  const { type } = SORT_KEYS[input.sort];
  const key = sortKey(input);
  const down = input.descending !== page.backward;
  const direction = down ? sql`desc` : sql`asc`;
  const beyond = page.start
    ? sql`and (${key}, a.id) ${down ? sql`<` : sql`>`} (${page.start.value}::${type}, ${page.start.id}::uuid)`
    : sql``;
  // The page is chosen first and told about after: what a row says is worked out for its few rows alone.
  return rowsOf<AccountRow>(
    ctx,
    sql`
    with page as (
      select a.id, ${key} as sort_key
      from accounts a
      join customers u on u.id = a.customer_id
      left join account_balances b on b.account_id = a.id
      where ${matches(input, moment)} ${beyond}
      order by ${key} ${direction}, a.id ${direction} limit ${page.limit}
    )
    select p.id, p.sort_key::text as sort_key, a.number, c.number as contract_number, u.name, d.city, d.street, d.house, d.flat,
           coalesce(b.balance_minor, 0) as balance_minor, a.opened_on, last.ended_on, held.tariffs, ${stateColumn(moment)} as state
    from page p
    join accounts a on a.id = p.id
    join customers u on u.id = a.customer_id
    join contracts c on c.id = a.contract_id
    left join addresses d on d.id = a.address_id
    left join account_balances b on b.account_id = a.id
    left join lateral (
      select coalesce(max(s.ended_on) filter (where ${LIVED}), a.closed_on) as ended_on
      from subscriptions s where s.account_id = a.id having count(*) filter (where ${RUNNING(today)}) = 0
    ) last on true
    left join lateral (
      select jsonb_agg(distinct jsonb_build_object('nameRu', t.name_ru, 'nameEn', t.name_en)) as tariffs
      from subscriptions s join tariffs t on t.id = s.tariff_id
      where s.account_id = a.id
        and case when last.ended_on is null then ${RUNNING(today)} else s.ended_on = last.ended_on end
    ) held on true
    order by p.sort_key ${direction}, p.id ${direction}`,
  );
}

/** The day that subscriptions are counted by, and the instant that blocks are. */
interface Moment {
  readonly today: Day;
  readonly now: Date;
}
const momentOf = (ctx: Context): Moment => ({ today: dayIn(ctx.now(), ctx.zone), now: ctx.now() });

const RUNNING = (today: Day) => sql`(s.ended_on is null or s.ended_on > ${today}::date)`;
/** A subscription that ended on the day it began was never in force. */
const LIVED = sql`(s.ended_on is null or s.ended_on > s.started_on)`;
const TERMINATED = (today: Day) => sql`(coalesce(a.closed_on <= ${today}::date, false) or (
  exists (select from subscriptions s where s.account_id = a.id)
  and not exists (select from subscriptions s where s.account_id = a.id and ${RUNNING(today)})))`;
const BLOCKED = ({ today, now }: Moment) => sql`exists (
  select from blocks k where k.account_id = a.id and k.from_at <= ${now.toISOString()}::timestamptz
    and (k.until_at is null or k.until_at > ${now.toISOString()}::timestamptz) and (k.subscription_id is null or exists (
    select from subscriptions s where s.account_id = a.id and s.id = k.subscription_id and ${RUNNING(today)})))`;
const stateColumn = (moment: Moment) =>
  sql`case when ${TERMINATED(moment.today)} then 'terminated' when ${BLOCKED(moment)} then 'blocked' else 'active' end`;

/** What the filter asks of an account `a`. Sets are found by themselves (`in`), so that few rows are looked for in few. */
function matches(filter: AccountFilter, moment: Moment): SQL {
  const { today } = moment;
  const typed = filter.query.trim();
  const words = typed === "" ? null : searchQuery(typed);
  const conditions = [
    typed === "" ? null : words === null ? sql`false` : matching(words),
    stateIs(filter.state, moment),
    (filter.startedFrom || filter.startedTo) && startedWithin(filter),
    (filter.endedFrom || filter.endedTo) && endedWithin(filter),
    filter.chargedIn && chargedIn(filter.chargedIn, filter.tariff),
    !filter.chargedIn && filter.tariff && (ofLife(filter) ? mainTariffIs(filter.tariff) : holds(filter.tariff, today)),
  ].filter((condition) => typeof condition === "object" && condition !== null);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** An array, because the planner believes that namesakes are spread evenly over the alphabet and walks it to find them. */
const matching = (words: string) =>
  sql`a.id = any(array(select account_id from account_search where document @@ ${words}::tsquery))`;

function stateIs(state: AccountState | undefined, moment: Moment): SQL | null {
  const { today } = moment;
  if (state === "terminated") return TERMINATED(today);
  if (state === "blocked") return sql`${BLOCKED(moment)} and not ${TERMINATED(today)}`;
  if (state !== "active") return null;
  return sql`a.id in (select s.account_id from subscriptions s where s.started_on <= ${today}::date and ${RUNNING(today)})`;
}

const [FIRST_DAY, LAST_DAY] = [toDay("0001-01-01"), toDay("9999-12-31")];

function startedWithin({ startedFrom = FIRST_DAY, startedTo = LAST_DAY }: AccountFilter): SQL {
  return sql`a.id in (
    select s.account_id from subscriptions s where ${LIVED} group by s.account_id
    having min(s.started_on) between ${startedFrom}::date and ${startedTo}::date)`;
}

/** The inner set finds the few by the days alone; the outer one says whether that was the end of the account. */
function endedWithin({ endedFrom = FIRST_DAY, endedTo = LAST_DAY }: AccountFilter): SQL {
  return sql`a.id in (
    select s.account_id from subscriptions s
    where s.account_id in (
      select account_id from subscriptions where ended_on between ${endedFrom}::date and ${endedTo}::date)
    group by s.account_id
    having count(*) filter (where s.ended_on is null) = 0
       and max(s.ended_on) filter (where ${LIVED}) between ${endedFrom}::date and ${endedTo}::date)`;
}

/** Asked about the beginning or the end of the account's life, not about today. */
function ofLife({ startedFrom, startedTo, endedFrom, endedTo }: AccountFilter): boolean {
  return Boolean(startedFrom ?? startedTo ?? endedFrom ?? endedTo);
}

/** Figures by tariff count an account once, under its main tariff: its latest internet one, else its latest of any. */
function mainTariffIs(code: string): SQL {
  return sql`${code} = (
    select t.code from subscriptions s join tariffs t on t.id = s.tariff_id
    where s.account_id = a.id and ${LIVED} order by (t.kind = 'internet') desc, s.started_on desc, s.id limit 1)`;
}

/** Held now, or the last that an account without any was left with. */
function holds(code: string, today: Day): SQL {
  return sql`a.id = any(array(
    select s.account_id from subscriptions s join tariffs t on t.id = s.tariff_id
    where t.code = ${code} and (${RUNNING(today)} or not exists (
      select from subscriptions o where o.account_id = s.account_id and (o.ended_on is null or o.ended_on > s.ended_on)))))`;
}

/** A charge of a period that began up to a month before may be booked in the month; other partitions are not read. */
function chargedIn(month: string, tariff: string | undefined): SQL {
  const from = toDay(`${month}-01`);
  const [earliest, to] = [addMonths(from, -1), addMonths(from, 1)];
  return sql`a.id in (
    select g.account_id from charges g ${tariff ? sql`join tariffs t on t.id = g.tariff_id and t.code = ${tariff}` : sql``}
    where g.period_start >= ${earliest}::date and g.period_start < ${to}::date
      and g.booked_on >= ${from}::date and g.booked_on < ${to}::date)`;
}

function cursorOf(text: string | undefined, sort: AccountSort): PageCursor | null {
  if (text === undefined) return null;
  const cursor = readCursor(text);
  if (!SORT_KEYS[sort].check(cursor.value)) throw new DomainError("invalid", "page.malformed");
  return cursor;
}

function placeOfFirst(start: PageCursor | null, backward: boolean, shown: number): number {
  if (!start) return 1;
  return backward ? Math.max(1, start.place - shown) : start.place + 1;
}

function listed(row: AccountRow): ListedAccount {
  const address: AddressParts | null = row.city
    ? { city: row.city, street: row.street, house: row.house, flat: row.flat }
    : null;
  return {
    accountId: row.id,
    accountNumber: row.number,
    contractNumber: row.contract_number,
    customerName: row.name,
    address: address ? addressLine(address) : null,
    balanceMinor: BigInt(row.balance_minor),
    openedOn: row.opened_on,
    endedOn: row.ended_on,
    state: row.state,
    tariffs: row.tariffs ?? [],
  };
}
