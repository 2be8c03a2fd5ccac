import { sql } from "drizzle-orm";
import { limitsInForce } from "@/server/domain/ledger";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import type { JobRequest } from "@/server/platform/queue";
import { pgArray, rowsOf } from "@/server/platform/rows";
import type { BlockMode, DesiredCause, ServiceState } from "./constants";
import type { NetworkPort } from "./ports";
import { desiredState } from "./rules/desired-state";

/** What verbs that talk to the network are given besides the rest. */
export interface NetworkContext extends Context {
  readonly ports: { readonly network: NetworkPort };
}

/** What a subscription's service should be, if it has one. */
export interface DesiredService {
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly state: ServiceState;
  readonly cause: DesiredCause;
  /** Null when the tariff says nothing of speed. */
  readonly downKbps: number | null;
  readonly upKbps: number | null;
}

/**
 * The rule's answer for every subscription of the accounts, by subscription id: one query however many there are. Read
 * after the services are locked, so that of two refreshes the later one has seen the later facts.
 */
export async function loadDesired(tx: Context, accountIds: readonly string[]): Promise<Map<string, DesiredService>> {
  const now = tx.now();
  const today = dayIn(now, tx.zone);
  const rows = await rowsOf<{
    account_id: string;
    subscription_id: string;
    started_on: Day;
    ended_on: Day | null;
    down_kbps: number | null;
    up_kbps: number | null;
    credit_limit: string;
    balance: string;
    reasons: string[] | null;
  }>(
    tx,
    sql`
    select s.account_id, s.id as subscription_id, s.started_on, s.ended_on,
           greatest(t.down_kbps, q.down_kbps) as down_kbps, greatest(t.up_kbps, q.up_kbps) as up_kbps,
           (a.credit_limit_minor + coalesce(l.amount_minor, 0))::text as credit_limit, coalesce(b.balance_minor, 0)::text as balance, k.reasons
    from subscriptions s
    join tariffs t on t.id = s.tariff_id
    join accounts a on a.id = s.account_id
    left join account_balances b on b.account_id = s.account_id
    left join ${limitsInForce(accountIds, now)} l on l.account_id = s.account_id
    left join lateral (
      select array_agg(distinct reason) as reasons from blocks k
      where k.account_id = s.account_id and (k.subscription_id is null or k.subscription_id = s.id)
        and k.from_at <= ${now.toISOString()}::timestamptz
        and (k.until_at is null or k.until_at > ${now.toISOString()}::timestamptz)
    ) k on true
    left join lateral (
      select max(down_kbps) as down_kbps, max(up_kbps) as up_kbps from boosts q
      where q.account_id = s.account_id and q.subscription_id = s.id
        and q.from_at <= ${now.toISOString()}::timestamptz and q.until_at > ${now.toISOString()}::timestamptz
    ) q on true
    where s.account_id = any(${pgArray(accountIds, "uuid")})`,
  );
  return new Map(
    rows.map((row) => [
      row.subscription_id,
      {
        accountId: row.account_id,
        subscriptionId: row.subscription_id,
        downKbps: row.down_kbps,
        upKbps: row.up_kbps,
        ...desiredState({
          today,
          startedOn: row.started_on,
          endedOn: row.ended_on,
          openBlocks: row.reasons ?? [],
          balanceMinor: BigInt(row.balance),
          creditLimitMinor: BigInt(row.credit_limit),
        }),
      },
    ]),
  );
}

export async function readBlockMode(ctx: Pick<Context, "db">): Promise<BlockMode> {
  const [row] = await rowsOf<{ mode: string | null }>(
    ctx,
    sql`select value #>> '{}' as mode from settings where key = 'network.financial_block'`,
  );
  return row?.mode === "reject" ? "reject" : "walled";
}

/** Brings one service to the network. One job a service: a later request replaces the one that waits. */
export function applyJob(accountId: string, serviceId: string, runAt?: Date): JobRequest {
  return {
    task: "apply_service",
    payload: { accountId, serviceId },
    key: `apply_service:${serviceId}`,
    runAt,
    // Retries of a link that is away never stand before work that can be done.
    priority: runAt ? 10 : undefined,
  };
}
