import { type SQL, sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { OUT_OF_STEP_MS } from "@/server/domain/provisioning";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { LinkName, LinkState } from "./constants";
import { type DoorReading, readDoors } from "./read-doors";
import { linkState } from "./rules/link-state";

export interface LinkReading {
  readonly name: LinkName;
  readonly state: LinkState;
  /** Messages on their way. */
  readonly waiting: number;
  readonly oldestAt: Date | null;
  /** Things that the two sides hold differently, or that need a person. */
  readonly differences: number;
  readonly differenceMinor: Minor;
  /** Messages that arrived in the last 24 hours. */
  readonly dayCount: number;
  /** What the far side said last, when something waits. */
  readonly lastError: string | null;
  /** Accounts to start looking from. */
  readonly sample: readonly { readonly accountId: string; readonly accountNumber: string; readonly note: string }[];
}

export interface LinkMap {
  readonly links: readonly LinkReading[];
  /** Where money comes in by itself, a protocol each. */
  readonly doors: readonly DoorReading[];
  readonly ledger: { readonly provenAt: Date | null; readonly accounts: number; readonly differing: number };
  /** «Оплата → включено» of the last hour and day, milliseconds; null while there is nothing to time. */
  readonly activation: {
    readonly hourP95Ms: number | null;
    readonly dayP50Ms: number | null;
    readonly dayCount: number;
  };
}

/** Every join as it is now: read from the tables themselves, so that the map cannot be greener than the truth. */
export async function readLinks(ctx: Context): Promise<LinkMap> {
  requirePermission(ctx, "link:read");
  const [provider, settling, radius, reminders, ledger, activation, doors] = await Promise.all([
    readProvider(ctx),
    readSettling(ctx),
    readRadius(ctx),
    readReminders(ctx),
    readLedger(ctx),
    readActivation(ctx),
    readDoors(ctx),
  ]);
  return { links: [provider, settling, radius, reminders], doors, ledger, activation };
}

interface FactsRow extends Record<string, unknown> {
  waiting: string;
  oldest_at: string | null;
  differences: string;
  difference: string;
  day_count: string;
  last_error: string | null;
  sample: { account_id: string; number: string; note: string }[] | null;
}

async function factsOf(ctx: Context, name: LinkName, query: SQL): Promise<LinkReading> {
  const [row] = await rowsOf<FactsRow>(ctx, query);
  const facts = {
    waiting: Number(row?.waiting ?? 0),
    oldestAt: row?.oldest_at ? new Date(row.oldest_at) : null,
    differences: Number(row?.differences ?? 0),
  };
  return {
    name,
    ...facts,
    state: linkState(facts, ctx.now()),
    differenceMinor: BigInt(row?.difference ?? 0),
    dayCount: Number(row?.day_count ?? 0),
    lastError: row?.last_error ?? null,
    sample: (row?.sample ?? []).map((item) => ({
      accountId: item.account_id,
      accountNumber: item.number,
      note: item.note,
    })),
  };
}

const dayAgo = (ctx: Context) => sql`${ctx.now().toISOString()}::timestamptz - interval '24 hours'`;

/**
 * Waiting: webhooks not processed, payments that were started and not heard of for longer than a payer stays on the page,
 * and open ones that are no longer asked about by themselves. Differences: posted payments without their transfer or the
 * other way round, and payments whose provider tells another story than we asked for.
 */
function readProvider(ctx: Context): Promise<LinkReading> {
  return factsOf(
    ctx,
    "provider-ledger",
    sql`
    with hooks as (
      select count(*) as n, min(received_at) as oldest from webhook_deliveries where processed_at is null
    ), unheard as (
      select count(*) as n, min(started_at) as oldest, max(failure) as failure from payments
      where state = 'unknown' or (state = 'created' and started_at < ${ctx.now().toISOString()}::timestamptz - interval '1 minute')
         or (state in ('created', 'pending') and ask_at is null)
    ), recent as (
      select p.account_id, p.id, p.amount_minor from payments p
      where p.provider = 'yookassa' and p.state = 'posted' and p.posted_at >= ${dayAgo(ctx)}
    ), booked as (
      select account_id, subject_id, amount_minor from transfers
      where kind = 'payment' and debit = 'cash:yookassa' and created_at >= ${dayAgo(ctx)}
        and booked_on >= (${dayAgo(ctx)})::date - 1
    ), unequal as (
      select coalesce(r.account_id, b.account_id) as account_id, coalesce(r.amount_minor, 0) - coalesce(b.amount_minor, 0) as difference
      from recent r full join booked b on b.account_id = r.account_id and b.subject_id = r.id
      where coalesce(r.amount_minor, 0) <> coalesce(b.amount_minor, 0)
    ), odd as (
      select account_id, 'payment' as note, difference from unequal
      union all
      select account_id, failure, amount_minor from payments where state = 'failed' and failure like 'mismatch:%'
    )
    select (select n from hooks) + (select n from unheard) as waiting,
           least((select oldest from hooks), (select oldest from unheard)) as oldest_at,
           (select count(*) from odd) as differences, (select coalesce(sum(abs(difference)), 0) from odd) as difference,
           (select count(*) from recent) as day_count, (select failure from unheard) as last_error,
           (select jsonb_agg(jsonb_build_object('account_id', o.account_id, 'number', a.number, 'note', o.note))
            from (select * from odd limit 5) o join accounts a on a.id = o.account_id) as sample`,
  );
}

/**
 * Waiting: settling jobs in the queue that are due. Differences: services that have lost their task, so that nobody is
 * bringing the network to where billing wants it.
 */
function readSettling(ctx: Context): Promise<LinkReading> {
  return factsOf(
    ctx,
    "ledger-provisioning",
    sql`
    with queued as (
      select count(*) as n, min(j.run_at) as oldest, max(j.last_error) as failure
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'settle_account' and j.run_at <= ${ctx.now().toISOString()}::timestamptz
    ), lost as (
      select s.account_id from services s
      where s.actual_version is distinct from s.desired_version and not exists (
        select 1 from service_tasks t where t.account_id = s.account_id and t.service_id = s.id and t.version = s.desired_version)
    )
    select (select n from queued) as waiting, (select oldest from queued) as oldest_at, (select count(*) from lost) as differences,
           0 as difference, (select failure from queued) as last_error,
           (select count(*) from service_tasks where started_at >= ${dayAgo(ctx)}) as day_count,
           (select jsonb_agg(jsonb_build_object('account_id', l.account_id, 'number', a.number, 'note', 'no_task'))
            from (select * from lost limit 5) l join accounts a on a.id = l.account_id) as sample`,
  );
}

/** Waiting: tasks whose state the network has not confirmed. Differences: those it denies, for longer than is patient. */
function readRadius(ctx: Context): Promise<LinkReading> {
  const patience = sql`${ctx.now().toISOString()}::timestamptz - make_interval(secs => ${OUT_OF_STEP_MS / 1000})`;
  return factsOf(
    ctx,
    "provisioning-radius",
    sql`
    with waiting as (
      select account_id, started_at, last_error,
             last_error in ('state_differs', 'speed_differs') and started_at < ${patience} as denied
      from service_tasks where state = 'waiting'
    )
    select count(*) as waiting, min(started_at) as oldest_at, count(*) filter (where denied) as differences, 0 as difference,
           (select count(*) from service_tasks where state = 'done' and finished_at >= ${dayAgo(ctx)}) as day_count,
           max(last_error) as last_error,
           (select jsonb_agg(jsonb_build_object('account_id', w.account_id, 'number', a.number, 'note', coalesce(w.last_error, 'waiting')))
            from (select * from waiting order by started_at limit 5) w join accounts a on a.id = w.account_id) as sample
    from waiting`,
  );
}

/**
 * Waiting: reminders whose hour has come. Differences: those of the last day that the line lost or may have lost; an address
 * that is missing or refused is the subscriber's, not the link's. What a stand-in wrote to a file has arrived nowhere.
 */
function readReminders(ctx: Context): Promise<LinkReading> {
  return factsOf(
    ctx,
    "ledger-subscribers",
    sql`
    with waiting as (
      select planned_for, reason from messages
      where state in ('planned', 'sending') and planned_for <= ${ctx.now().toISOString()}::timestamptz
    ), finished as (
      select account_id, id, state, reason, carrier from messages where finished_at >= ${dayAgo(ctx)}
    ), lost as (
      select account_id, reason from finished
      where state = 'unknown' or (state = 'failed' and reason not in ('no_address', 'address_refused', 'message_refused'))
    )
    select (select count(*) from waiting) as waiting, (select min(planned_for) from waiting) as oldest_at,
           (select count(*) from lost) as differences, 0 as difference,
           (select count(*) from finished where state = 'sent' and carrier <> 'file') as day_count, (select max(reason) from waiting) as last_error,
           (select jsonb_agg(jsonb_build_object('account_id', l.account_id, 'number', a.number, 'note', l.reason))
            from (select * from lost limit 5) l join accounts a on a.id = l.account_id) as sample`,
  );
}

async function readLedger(ctx: Context): Promise<LinkMap["ledger"]> {
  const [row] = await rowsOf<{ checked_at: string; compared: string; differences: string }>(
    ctx,
    sql`select checked_at, compared, differences from reconciliations where link = 'ledger' order by checked_at desc limit 1`,
  );
  return {
    provenAt: row ? new Date(row.checked_at) : null,
    accounts: Number(row?.compared ?? 0),
    differing: Number(row?.differences ?? 0),
  };
}

/**
 * From the posting of a payment to the task that it caused being confirmed by the network, of payments that were begun
 * here. One that was recorded from elsewhere (an office, an import, a demo's invented past) bears the moment at which it
 * was paid there, so nothing of ours can be timed by it.
 */
async function readActivation(ctx: Context): Promise<LinkMap["activation"]> {
  const [row] = await rowsOf<{ hour_p95: string | null; day_p50: string | null; day_count: string }>(
    ctx,
    sql`
    with paths as (
      select p.posted_at, extract(epoch from t.finished_at - p.posted_at) * 1000 as ms
      from payments p
      join lateral (
        select finished_at from service_tasks t
        where t.account_id = p.account_id and t.state = 'done' and t.cause = 'in_order'
          and t.started_at between p.posted_at and p.posted_at + interval '1 minute'
        order by t.started_at limit 1
      ) t on true
      where p.posted_at >= ${dayAgo(ctx)} and p.started_at < p.posted_at
    )
    select percentile_cont(0.95) within group (order by ms)
             filter (where posted_at >= ${ctx.now().toISOString()}::timestamptz - interval '1 hour') as hour_p95,
           percentile_cont(0.5) within group (order by ms) as day_p50, count(*) as day_count
    from paths`,
  );
  const ms = (value: string | null | undefined) =>
    value === null || value === undefined ? null : Math.round(Number(value));
  return { hourP95Ms: ms(row?.hour_p95), dayP50Ms: ms(row?.day_p50), dayCount: Number(row?.day_count ?? 0) };
}
