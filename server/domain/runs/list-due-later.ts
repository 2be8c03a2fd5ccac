import { sql } from "drizzle-orm";
import type { DueLater } from "@/server/domain/rating";
import { addDays, type Day, daysBetween } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import type { Reach } from "./rules/reach";

/** How long before the delay old debts are told apart by subscription; what is older closes all that could owe it. */
const DEBT_DAYS = 62;

interface DebtTerms {
  readonly id: string;
  readonly availableMinor: Minor;
  readonly paymentTermDays: number;
  readonly blockDelayDays: number;
}

/**
 * Debts, less what was given back of them, that are due later or became due so lately that the service may not be closed for them; of accounts in minus, also those
 * that became due not long before that.
 */
export async function listDueLater(
  ctx: Context,
  accounts: readonly DebtTerms[],
  today: Day,
  { since }: Reach,
): Promise<ReadonlyMap<string, DueLater[]>> {
  const young = addDays(today, -Math.max(...accounts.map((account) => account.blockDelayDays)));
  const inMinus = accounts.filter((account) => account.availableMinor < 0n).map((account) => account.id);
  const from = inMinus.length === 0 ? young : addDays(young, -DEBT_DAYS);
  const term = Math.max(...accounts.map((account) => account.paymentTermDays));
  const rows = await rowsOf<{ account_id: string; subscription_id: string; due_on: Day; amount_minor: string }>(
    ctx,
    sql`
    select c.account_id, c.subscription_id, c.due_on, sum(c.amount_minor - coalesce(g.minor, 0)) as amount_minor
    from charges c
    left join lateral (
      select sum(a.amount_minor) as minor from adjustments a
      where a.account_id = c.account_id and a.subscription_id = c.subscription_id and a.term = c.term
        and a.period_start = c.period_start and a.kind = c.kind
    ) g on true
    where c.account_id = ${anyOf(
      accounts.map((account) => account.id),
      "uuid",
    )} and (c.due_on >= ${young} or (c.due_on >= ${from} and c.account_id = ${anyOf(inMinus, "uuid")}))
      and c.period_start >= ${addDays(from, -term - daysBetween(since, today))}
    group by c.account_id, c.subscription_id, c.due_on
    having sum(c.amount_minor - coalesce(g.minor, 0)) > 0`,
  );
  return Map.groupBy(
    rows.map((row) => ({
      accountId: row.account_id,
      subscriptionId: row.subscription_id,
      dueOn: row.due_on,
      amountMinor: BigInt(row.amount_minor),
    })),
    (row) => row.accountId,
  );
}
