import { sql } from "drizzle-orm";
import type { Db } from "@/db";
import type { EventType } from "./events";
import { rowsOf } from "./rows";

/** An event as readers of the outbox get it. `id` is what a client that reconnects says it saw last. */
export interface EventRow {
  readonly id: string;
  readonly accountId: string | null;
  readonly type: EventType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

const POLL_MS = 250;
const BATCH = 2_000;
type Listener = (event: EventRow) => void;

/**
 * Reads the events table and tells listeners, one reader a process however many listen. No NOTIFY stands in the money
 * transactions for it. It goes by the writing transaction's id: everything at or above the oldest transaction still
 * running is read again and told once, so an event that commits late is late but never lost. One pass over it may take
 * many pages: a single transaction may tell of thousands.
 */
class Outbox {
  private readonly listeners = new Map<string, Set<Listener>>();
  private told = new Map<string, bigint>();
  private mark: bigint | null = null;
  /** The last row of the page before, and the horizon that the pass began under; null between passes. */
  private page: { readonly xid: string; readonly id: string; readonly horizon: bigint } | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly db: Db) {}

  listen(accountId: string, listener: Listener): () => void {
    const set = this.listeners.get(accountId) ?? new Set();
    set.add(listener);
    this.listeners.set(accountId, set);
    this.schedule(0);
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(accountId);
    };
  }

  private schedule(delayMs: number): void {
    if (this.timer || this.listeners.size === 0) return;
    this.timer = setTimeout(() => {
      this.read()
        .catch(() => undefined)
        .finally(() => {
          this.timer = null;
          if (this.listeners.size === 0) {
            this.mark = null;
            this.page = null;
          }
          this.schedule(this.page ? 0 : POLL_MS);
        });
    }, delayMs);
    this.timer.unref();
  }

  private async read(): Promise<void> {
    const rows = await rowsOf<{
      id: string | null;
      account_id: string;
      type: EventType;
      payload: Record<string, unknown>;
      occurred_at: string;
      xid: string;
      horizon: string;
    }>(
      { db: this.db },
      sql`
      select e.id, e.account_id, e.type, e.payload, e.occurred_at, e.xid::text as xid, s.horizon::text as horizon
      from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) s
      left join lateral (
        select * from events
        where xid >= ${(this.mark ?? 0n).toString()}::xid8 and ${this.mark !== null} and account_id is not null
          and occurred_at > now() - interval '1 day'
          and (${this.page === null} or (xid, id) > (${this.page?.xid ?? "0"}::xid8, ${this.page?.id ?? null}::uuid))
        order by xid, id limit ${BATCH}
      ) e on true`,
    );
    const horizon = BigInt(rows[0]?.horizon ?? 0);
    for (const row of rows) {
      if (row.id === null || this.told.has(row.id)) continue;
      this.told.set(row.id, BigInt(row.xid));
      this.tell({
        id: row.id,
        accountId: row.account_id,
        type: row.type,
        payload: row.payload,
        occurredAt: new Date(row.occurred_at),
      });
    }
    const began = this.page?.horizon ?? horizon;
    const last = rows.at(-1);
    if (rows.length >= BATCH && last?.id) {
      this.page = { xid: last.xid, id: last.id, horizon: began };
      return;
    }
    this.page = null;
    this.mark = began;
    for (const [id, xid] of this.told) if (xid < this.mark) this.told.delete(id);
  }

  private tell(event: EventRow): void {
    for (const listener of this.listeners.get(event.accountId ?? "") ?? []) listener(event);
  }
}

/** The last thing that happened to an account, for whoever begins to listen and may have missed it; null when nothing did. */
export async function latestEvent(db: Db, accountId: string): Promise<{ id: string; occurredAt: Date } | null> {
  const [row] = await rowsOf<{ id: string; occurred_at: string }>(
    { db },
    sql`select id, occurred_at from events where account_id = ${accountId} order by occurred_at desc, id desc limit 1`,
  );
  return row ? { id: row.id, occurredAt: new Date(row.occurred_at) } : null;
}

const outboxes = new WeakMap<Db, Outbox>();

/** Events of one account from now on, until `signal` aborts. For SSE: the caller reads the state first, then listens. */
export async function* subscribeToAccount(db: Db, accountId: string, signal: AbortSignal): AsyncGenerator<EventRow> {
  const outbox = outboxes.get(db) ?? new Outbox(db);
  outboxes.set(db, outbox);
  const queue: EventRow[] = [];
  let wake: () => void = () => undefined;
  const stop = outbox.listen(accountId, (event) => {
    queue.push(event);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      const next = queue.shift();
      if (next) yield next;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (queue.length > 0 || signal.aborted) resolve();
        });
      }
    }
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}
