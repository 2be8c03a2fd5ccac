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
 * Debts that are due later or became due so lately that the service may not be closed for them; of accounts in minus, also those
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
    select account_id, subscription_id, due_on, sum(amount_minor) as amount_minor from charges
    where account_id = ${anyOf(
      accounts.map((account) => account.id),
      "uuid",
    )} and (due_on >= ${young} or (due_on >= ${from} and account_id = ${anyOf(inMinus, "uuid")}))
      and period_start >= ${addDays(from, -term - daysBetween(since, today))}
    group by account_id, subscription_id, due_on`,
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
