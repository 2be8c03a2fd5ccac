import { type SQL, sql } from "drizzle-orm";
import { addDays, type Day, dayIn } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { SANDBOX_ACTOR } from "./constants";

/** Rows as JSON text, table by table: sums never pass through a float on their way. */
export interface LoadedRows {
  /** Of everybody: the catalog, the operator's company, settings. Table → rows. */
  readonly shared: ReadonlyMap<string, string>;
  /** Of the subscriber, in the order of their foreign keys. */
  readonly own: ReadonlyMap<string, string>;
  /** Ids that a copy has its own of: the account first, subscriptions in the order they are charged in. */
  readonly ids: readonly string[];
  readonly balanceMinor: bigint;
  readonly currency: string;
  readonly openedOn: Day;
  /** The first day that any row stands in a month's partition of. */
  readonly earliestOn: Day;
}

/** Charging looks back two periods of the longest kind at the most. */
const HISTORY_DAYS = 800;
/** Late usage is rated with what was charged for its period. */
const USAGE_DAYS = 190;

/** Settings that charging and credit go by; never a mark of what was done, never a secret. */
const SETTINGS = "^(billing|credit|invoices|network|subscriptions|vat)\\.";

/**
 * What makes a subscriber be charged as they are, in one statement and so of one moment. Persons are masked, passwords, addresses,
 * notes and free words are not read at all: nothing that a sandbox must not hold leaves the main database.
 */
export async function loadRows(ctx: Context, accountId: string): Promise<LoadedRows> {
  const today = dayIn(ctx.now(), ctx.zone);
  const rows = await rowsOf<{ kind: "shared" | "own" | "ids" | "facts"; name: string; rows: string | null }>(
    ctx,
    sql.join(
      [
        ...SHARED.map((part) => partOf("shared", part)),
        ...ownTables(accountId, today).map((part) => partOf("own", part)),
        idsOf(accountId),
        factsOf(accountId, today),
      ],
      sql` union all `,
    ),
  );
  const textOf = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind && row.rows !== null).map((row) => [row.name, row.rows ?? ""]));
  const [ids] = textOf("ids").values();
  const [facts] = textOf("facts").values();
  assertInvariant(ids !== undefined && facts !== undefined, "sandbox.nothing_to_copy");
  const { balance_minor, currency, opened_on, earliest_on } = JSON.parse(facts) as Record<string, string>;
  return {
    shared: textOf("shared"),
    own: textOf("own"),
    ids: JSON.parse(ids) as string[],
    balanceMinor: BigInt(balance_minor ?? 0),
    currency: currency ?? "RUB",
    openedOn: opened_on as Day,
    earliestOn: earliest_on as Day,
  };
}

interface Part {
  readonly name: string;
  readonly where: SQL;
  /** What a row carries instead: jsonb over the row as it is. */
  readonly change?: SQL;
}

const partOf = (kind: "shared" | "own", { name, where, change = sql`'{}'::jsonb` }: Part): SQL =>
  sql`select ${kind}::text as kind, ${name}::text as name, (select jsonb_agg(to_jsonb(t) || ${change})::text
      from ${sql.identifier(name)} t where ${where}) as rows`;

const SHARED: readonly Part[] = [
  ...["legal_entities", "vat_rates", "tariffs", "tariff_prices", "tariff_phases", "bundles", "bundle_parts"].map(
    (name) => ({ name, where: sql`true` }),
  ),
  { name: "settings", where: sql`t.key ~ ${SETTINGS} and t.key not like '%through'` },
];

/** A table of accounts that is neither here nor in `NOT_COPIED` fails the module's test: somebody has to decide. */
export function ownTables(accountId: string, today: Day): Part[] {
  const where = sql`t.account_id = ${accountId}`;
  const by = `job:${SANDBOX_ACTOR}`;
  const charged = sql`${where} and t.period_start >= ${addDays(today, -HISTORY_DAYS)}::date`;
  return [
    {
      name: "customers",
      where: sql`t.id = (select customer_id from accounts where id = ${accountId})`,
      change: sql`jsonb_build_object('name', 'Копия абонента', 'phone', null, 'email', null, 'inn', null, 'kpp', null)`,
    },
    // Ids are changed for the copy's own, so what is made of one is nobody else's.
    {
      name: "contracts",
      where: sql`t.id = (select contract_id from accounts where id = ${accountId})`,
      change: sql`jsonb_build_object('number', t.id)`,
    },
    {
      name: "accounts",
      where: sql`t.id = ${accountId}`,
      change: sql`jsonb_build_object('number', t.number || '/' || t.id, 'address_id', null)`,
    },
    { name: "subscriptions", where },
    { name: "personal_prices", where },
    { name: "subscription_changes", where, change: sql`jsonb_build_object('requested_by', ${by}::text)` },
    {
      name: "discounts",
      where,
      change: sql`jsonb_build_object('label', case when t.source = 'promo' then t.label else t.source end)`,
    },
    { name: "temporary_limits", where, change: sql`jsonb_build_object('note', null, 'granted_by', ${by}::text)` },
    { name: "blocks", where, change: sql`jsonb_build_object('note', null)` },
    { name: "boosts", where },
    {
      name: "services",
      where,
      change: sql`jsonb_build_object('login', 'copy-' || t.id, 'secret', gen_random_uuid(), 'static_ip', null)`,
    },
    {
      name: "charges",
      where: charged,
      change: sql`jsonb_build_object('detail', nullif(t.detail - 'discounts', '{}'::jsonb))`,
    },
    { name: "adjustments", where: charged, change: sql`jsonb_build_object('note', null)` },
    {
      name: "metered_records",
      where: sql`${where} and t.occurred_at >= ${addDays(today, -USAGE_DAYS)}::date`,
      change: sql`jsonb_build_object('label', null, 'record_id', md5(t.record_id))`,
    },
  ];
}

const idsOf = (accountId: string): SQL => sql`
  select 'ids', '', (select jsonb_agg(i.id order by i.place, i.started_on, i.id)::text from (
    select 0 as place, null::date as started_on, id from accounts where id = ${accountId}
    union all select 1, null, customer_id from accounts where id = ${accountId}
    union all select 2, null, contract_id from accounts where id = ${accountId}
    union all select 3, started_on, id from subscriptions where account_id = ${accountId}
    union all select 4, null, id from services where account_id = ${accountId}
  ) i)`;

const factsOf = (accountId: string, today: Day): SQL => sql`
  select 'facts', '', (
    select jsonb_build_object(
      'balance_minor', b.balance_minor::text, 'currency', b.currency, 'opened_on', a.opened_on,
      'earliest_on', least(
        ${today}::date,
        (select min(period_start) from charges where account_id = a.id and period_start >= ${addDays(today, -HISTORY_DAYS)}::date),
        (select min(occurred_at)::date from metered_records where account_id = a.id and occurred_at >= ${addDays(today, -USAGE_DAYS)}::date)
      ))::text
    from accounts a join account_balances b on b.account_id = a.id where a.id = ${accountId})`;
