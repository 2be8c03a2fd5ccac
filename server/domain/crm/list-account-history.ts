import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import type { EventType } from "@/server/platform/events";
import { rowsOf } from "@/server/platform/rows";
import { AccountHistoryInput } from "./schema";

/** Who did it: a person by name, or a machine by its label (`job:settle_account`, `webhook:yookassa`). */
export interface HistoryActor {
  readonly kind: "person" | "machine";
  readonly name: string;
}

export interface AccountEvent {
  readonly id: string;
  readonly type: EventType;
  readonly occurredAt: Date;
  readonly actor: HistoryActor;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface AuditRow {
  readonly id: string;
  readonly action: string;
  readonly entity: string;
  readonly occurredAt: Date;
  readonly actor: HistoryActor;
  readonly address: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

type ActorColumns = { actor: string; actor_name: string | null };

/** What happened to an account, newest first. */
export async function listAccountEvents(ctx: Context, raw: AccountHistoryInput): Promise<AccountEvent[]> {
  const scope = requirePermission(ctx, "customer:search");
  const input = AccountHistoryInput.parse(raw);
  await requireAccounts(ctx, scope, [input.accountId]);
  const rows = await rowsOf<
    ActorColumns & { id: string; type: EventType; occurred_at: string; payload: Record<string, unknown> }
  >(
    ctx,
    sql`
    select e.id, e.type, e.occurred_at, e.payload, e.actor, u.display_name as actor_name
    from (
      select * from events where account_id = ${input.accountId} order by occurred_at desc, id desc limit ${input.limit}
    ) e left join users u on e.actor = 'user:' || u.id
    order by e.occurred_at desc, e.id desc`,
  );
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    occurredAt: new Date(row.occurred_at),
    actor: actorOf(row),
    payload: row.payload,
  }));
}

/** Who changed what on an account, newest first, with the state before and after. */
export async function listAccountAudit(ctx: Context, raw: AccountHistoryInput): Promise<AuditRow[]> {
  const scope = requirePermission(ctx, "customer:search");
  const input = AccountHistoryInput.parse(raw);
  await requireAccounts(ctx, scope, [input.accountId]);
  const rows = await rowsOf<
    ActorColumns & {
      id: string;
      action: string;
      entity: string;
      occurred_at: string;
      address: string | null;
      before: unknown;
      after: unknown;
    }
  >(
    ctx,
    sql`
    select e.id, e.action, e.entity, e.occurred_at, e.address, e.before, e.after, e.actor, u.display_name as actor_name
    from (
      select * from audit_log where account_id = ${input.accountId} order by occurred_at desc, id desc limit ${input.limit}
    ) e left join users u on e.actor = 'user:' || u.id
    order by e.occurred_at desc, e.id desc`,
  );
  return rows.map((row) => ({
    id: row.id,
    action: row.action,
    entity: row.entity,
    occurredAt: new Date(row.occurred_at),
    actor: actorOf(row),
    address: row.address,
    before: row.before,
    after: row.after,
  }));
}

function actorOf({ actor, actor_name }: ActorColumns): HistoryActor {
  return actor.startsWith("user:")
    ? { kind: "person", name: actor_name ?? actor.slice("user:".length) }
    : { kind: "machine", name: actor };
}
