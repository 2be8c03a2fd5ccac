import { sql } from "drizzle-orm";
import { chunksOf } from "./chunks";
import { actorAddress, actorLabel, type Context } from "./context";
import { EVENT_JOBS, type EventType } from "./events";
import { enqueueing, type JobRequest } from "./queue";

export interface AuditEntry {
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly accountId?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface NewEvent {
  readonly type: EventType;
  readonly accountId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Outcome {
  readonly audit?: readonly AuditEntry[];
  readonly events?: readonly NewEvent[];
  readonly jobs?: readonly JobRequest[];
}

/** bigint has no JSON form; a sum is written as the text of its kopecks. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
}

/**
 * Writes what a verb did: the audit rows, the events and the jobs they cause, in the verb's own transaction and in one
 * statement. The last thing a verb does before it returns.
 */
export async function record(ctx: Context, outcome: Outcome): Promise<void> {
  const at = ctx.now().toISOString();
  const actor = actorLabel(ctx.actor);
  const audit = (outcome.audit ?? []).map((entry) => ({
    id: ctx.newId(),
    action: entry.action,
    entity: entry.entity,
    entity_id: entry.entityId,
    account_id: entry.accountId ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
  }));
  const events = (outcome.events ?? []).map((event) => ({
    id: ctx.newId(),
    account_id: event.accountId,
    type: event.type,
    payload: event.payload,
  }));
  const jobs = [...(outcome.jobs ?? []), ...causedJobs(outcome.events ?? [])];
  if (audit.length + events.length + jobs.length === 0) return;
  await ctx.db.execute(sql`
    with audited as (
      insert into audit_log (occurred_at, id, actor, address, request_id, action, entity, entity_id, account_id, before, after)
      select ${at}::timestamptz, a.id, ${actor}, ${actorAddress(ctx.actor)}, ${ctx.requestId}, a.action, a.entity,
             a.entity_id, a.account_id, nullif(a.before, 'null'::jsonb), nullif(a.after, 'null'::jsonb)
      from jsonb_to_recordset(${toJson(audit)}::jsonb)
        as a(id uuid, action text, entity text, entity_id text, account_id uuid, before jsonb, after jsonb)
    ), happened as (
      insert into events (occurred_at, id, account_id, type, payload, actor)
      select ${at}::timestamptz, e.id, e.account_id, e.type, e.payload, ${actor}
      from jsonb_to_recordset(${toJson(events)}::jsonb) as e(id uuid, account_id uuid, type text, payload jsonb)
    )
    ${jobs.length > 0 ? enqueueing(jobs) : sql`select 1`}`);
}

/** Accounts that one settling job takes together when an event storm (an import, a run) touches many. */
const SETTLE_CHUNK = 500;

function causedJobs(events: readonly NewEvent[]): JobRequest[] {
  const [settle, offer, tell] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const apply = new Map<string, string>();
  for (const event of events) {
    for (const task of EVENT_JOBS[event.type]) {
      if (event.accountId === null) continue;
      if (task === "settle_account") settle.add(event.accountId);
      else if (task === "offer_promise") offer.add(event.accountId);
      else if (task === "tell_account") tell.add(event.accountId);
      else apply.set(String(event.payload.serviceId), event.accountId);
    }
  }
  const accountIds = [...settle];
  const [first] = accountIds;
  const settling: JobRequest[] =
    accountIds.length === 1 && first
      ? [{ task: "settle_account", payload: { accountIds }, key: `settle_account:${first}` }]
      : chunksOf(accountIds, SETTLE_CHUNK).map((chunk) => ({
          task: "settle_account",
          payload: { accountIds: chunk },
          priority: 10,
        }));
  const applying = [...apply].map(([serviceId, accountId]) => ({
    task: "apply_service",
    payload: { accountId, serviceId },
    key: `apply_service:${serviceId}`,
  }));
  // After the money and the network: nobody waits for an offer.
  const offering = chunksOf([...offer], SETTLE_CHUNK).map((chunk) => ({
    task: "offer_promise",
    payload: { accountIds: chunk },
    priority: 20,
  }));
  // The last: what is told is true after all of it.
  const telling = chunksOf([...tell], SETTLE_CHUNK).map((chunk) => ({
    task: "tell_account",
    payload: { accountIds: chunk },
    priority: 20,
  }));
  return [...settling, ...applying, ...offering, ...telling];
}
