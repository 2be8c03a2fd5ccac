import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { TERMINAL_PROTOCOLS, type TerminalProtocol } from "@/server/domain/payments";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { LinkState } from "./constants";
import { linkState } from "./rules/link-state";

/** A protocol that payment systems and banks ask by, as it stands now. */
export interface DoorReading {
  readonly protocol: TerminalProtocol;
  readonly state: LinkState;
  /** Terminals that may ask. */
  readonly terminals: number;
  readonly lastAt: Date | null;
  /** Of the last 24 hours: payments taken, and requests that were not answered with yes. */
  readonly accepted: number;
  readonly refused: number;
  /** Payments that a terminal was asked to come again with and has not, and the oldest of them. */
  readonly waiting: number;
  readonly oldestAt: Date | null;
  /** Payments without their transfer, and ids that were told of twice with different words. */
  readonly differences: number;
}

/**
 * Every protocol's door. What was answered «try later» waits until the same id is in the book; what is in the book must be there
 * with its payment, to the kopeck, or the door differs.
 */
export async function readDoors(ctx: Context): Promise<DoorReading[]> {
  requirePermission(ctx, "link:read");
  const since = sql`${ctx.now().toISOString()}::timestamptz - interval '24 hours'`;
  const rows = await rowsOf<{
    protocol: TerminalProtocol;
    terminals: string;
    last_at: string | null;
    accepted: string;
    refused: string;
    waiting: string;
    oldest_at: string | null;
    differences: string;
  }>(
    ctx,
    sql`
    with asked as (
      select t.protocol, r.* from terminal_requests r join terminals t on t.id = r.terminal_id where r.asked_at >= ${since}
    ), counted as (
      select protocol, count(*) filter (where command = 'pay' and outcome = 'ok' and not repeated) as accepted,
             count(*) filter (where outcome <> 'ok') as refused, count(*) filter (where outcome = 'conflict') as conflicts
      from asked group by protocol
    ), waiting as (
      select a.protocol, count(distinct (a.terminal_id, a.txn_id)) as n, min(a.asked_at) as oldest
      from asked a
      where a.command = 'pay' and a.outcome = 'try_later' and not exists (
        select 1 from terminal_payments p where p.terminal_id = a.terminal_id and p.txn_id = a.txn_id)
      group by a.protocol
    ), unequal as (
      select t.protocol, count(*) as n
      from terminal_payments p
      join terminals t on t.id = p.terminal_id
      left join transfers x on x.account_id = p.account_id and x.subject_id = p.payment_id and x.kind = 'payment'
        and x.debit = 'cash:' || t.code and x.booked_on >= (${since})::date - 1
      where p.received_at >= ${since} and x.amount_minor is distinct from p.amount_minor
      group by t.protocol
    ), doors as (
      select protocol, count(*) filter (where closed_at is null) as terminals,
             max((select max(asked_at) from terminal_requests where terminal_id = terminals.id)) as last_at
      from terminals group by protocol
    )
    select d.*, coalesce(c.accepted, 0) as accepted, coalesce(c.refused, 0) as refused, coalesce(w.n, 0) as waiting,
           w.oldest as oldest_at, coalesce(c.conflicts, 0) + coalesce(u.n, 0) as differences
    from doors d left join counted c using (protocol) left join waiting w using (protocol) left join unequal u using (protocol)`,
  );
  const found = new Map(rows.map((row) => [row.protocol, row]));
  return TERMINAL_PROTOCOLS.map((protocol) => {
    const row = found.get(protocol);
    const facts = {
      waiting: Number(row?.waiting ?? 0),
      oldestAt: row?.oldest_at ? new Date(row.oldest_at) : null,
      differences: Number(row?.differences ?? 0),
    };
    return {
      protocol,
      ...facts,
      state: linkState(facts, ctx.now()),
      terminals: Number(row?.terminals ?? 0),
      lastAt: row?.last_at ? new Date(row.last_at) : null,
      accepted: Number(row?.accepted ?? 0),
      refused: Number(row?.refused ?? 0),
    };
  });
}
