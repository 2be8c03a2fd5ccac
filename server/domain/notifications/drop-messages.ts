import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { DropReason } from "./constants";
import { readSteps } from "./internal";
import { loadFacts } from "./load-facts";
import { verdict } from "./rules/due-steps";

/** Messages that one look takes. */
const BATCH = 1_000;

interface Waiting extends Record<string, unknown> {
  account_id: string;
  id: string;
  step_id: string;
  occasion_on: Day;
}

/**
 * Looks again at planned messages whose account's money has moved since, and drops those that nobody is due any more: paid
 * means the reminder stops at once, not when its hour comes. Sending looks again anyway, so a look that is late does no harm.
 */
export async function dropMessages(ctx: Context): Promise<{ looked: number; dropped: number }> {
  requirePermission(ctx, "reminder:send");
  const ladder = await readSteps(ctx);
  return withTransaction(ctx, async (tx) => {
    const waiting = await rowsOf<Waiting>(
      tx,
      sql`
      select m.account_id, m.id, m.step_id, m.occasion_on
      from messages m join account_balances b on b.account_id = m.account_id and b.version <> m.balance_version
      where m.state = 'planned' order by m.account_id, m.id limit ${BATCH} for update of m skip locked`,
    );
    if (waiting.length === 0) return { looked: 0, dropped: 0 };
    const facts = await loadFacts(tx, [...new Set(waiting.map((row) => row.account_id))], ladder);
    const today = dayIn(tx.now(), tx.zone);
    const looked = waiting.map((row) => {
      const account = facts.get(row.account_id);
      const step = ladder.find((one) => one.id === row.step_id);
      const reason: DropReason | null = !account
        ? "over"
        : !step
          ? "step_off"
          : verdict(account, step, row.occasion_on, ladder, today);
      return { row, reason: reason === "stale" ? null : reason, version: account?.balanceVersion ?? null };
    });
    await tx.db.execute(sql`
      update messages m
      set state = case when l.reason is null then m.state else 'dropped' end, reason = coalesce(l.reason, m.reason),
          finished_at = case when l.reason is null then m.finished_at else ${tx.now().toISOString()}::timestamptz end,
          balance_version = coalesce(l.version, m.balance_version)
      from ${tableOf(looked, {
        account_id: ["uuid", (one) => one.row.account_id],
        id: ["uuid", (one) => one.row.id],
        reason: ["text", (one) => one.reason],
        version: ["bigint", (one) => one.version],
      })} l
      where m.account_id = l.account_id and m.id = l.id and m.account_id = ${anyOf([...new Set(waiting.map((row) => row.account_id))], "uuid")}`);
    const dropped = looked.filter((one) => one.reason !== null);
    await record(tx, {
      audit: dropped.map(({ row, reason }) => ({
        action: "reminder.drop",
        entity: "message",
        entityId: row.id,
        accountId: row.account_id,
        after: { reason },
      })),
    });
    return { looked: looked.length, dropped: dropped.length };
  });
}
