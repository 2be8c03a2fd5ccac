import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { anyOf, pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { LimitKind } from "./constants";
import { outcomeAtEnd } from "./rules/promise-outcome";

/** Limits closed in one transaction. */
const CHUNK = 500;

/**
 * Writes down the end of limits whose time is over and has their accounts settled. They stopped counting by themselves at
 * that moment; this is what the network and people are told by. Several workers share the work; a second call finds none.
 * `accountIds` leaves everybody else's alone.
 */
export async function endDueLimits(
  ctx: Context,
  accountIds: readonly string[] | null = null,
): Promise<{ ended: number }> {
  requirePermission(ctx, "credit:settle");
  let ended = 0;
  for (;;) {
    const chunk = await endChunk(ctx, accountIds);
    ended += chunk;
    if (chunk < CHUNK) return { ended };
  }
}

function endChunk(ctx: Context, accountIds: readonly string[] | null): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const due = await lockDue(tx, accountIds);
    if (due.length === 0) return 0;
    const column = (pick: (row: DueLimit) => string, type: string) => pgArray(due.map(pick), type);
    await tx.db.execute(sql`
      update temporary_limits l set closed_at = l.until_at, outcome = d.outcome
      from unnest(${column((row) => row.accountId, "uuid")}, ${column((row) => row.id, "uuid")},
                  ${column((row) => row.outcome, "text")}) as d(account_id, id, outcome)
      where l.account_id = d.account_id and l.id = d.id`);
    await record(tx, {
      audit: due.map(({ id, accountId, outcome }) => ({
        action: "limit.end",
        entity: "limit",
        entityId: id,
        accountId,
        before: { outcome: null },
        after: { outcome },
      })),
      events: due.map(({ id, accountId, amountMinor, outcome }) => ({
        type: EVENTS[outcome],
        accountId,
        payload: { limitId: id, amountMinor },
      })),
    });
    return due.length;
  });
}

const EVENTS = { ended: "limit.ended", kept: "promise.kept", broken: "promise.broken" } as const;

interface DueLimit {
  readonly accountId: string;
  readonly id: string;
  readonly amountMinor: Minor;
  readonly outcome: keyof typeof EVENTS;
}

/** What nobody else is ending at this moment. A promise that leaves a debt behind is a broken one. */
async function lockDue(tx: Context, accountIds: readonly string[] | null): Promise<DueLimit[]> {
  const rows = await rowsOf<{
    account_id: string;
    id: string;
    kind: LimitKind;
    amount_minor: string;
    own_minor: string;
  }>(
    tx,
    sql`
    select l.account_id, l.id, l.kind, l.amount_minor, b.balance_minor + a.credit_limit_minor as own_minor
    from temporary_limits l
    join accounts a on a.id = l.account_id
    join account_balances b on b.account_id = l.account_id
    where l.closed_at is null and l.until_at <= ${tx.now().toISOString()}::timestamptz
      ${accountIds ? sql`and l.account_id = ${anyOf(accountIds, "uuid")}` : sql``}
    order by l.account_id, l.id limit ${CHUNK} for update of l skip locked`,
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.id,
    amountMinor: BigInt(row.amount_minor),
    outcome: row.kind === "promised" ? outcomeAtEnd(BigInt(row.own_minor)) : "ended",
  }));
}
