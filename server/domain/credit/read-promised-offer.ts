import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { NextCharge } from "@/server/domain/runs";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { readPromisedFacts, readPromisedPolicy } from "./internal";
import { type PromisedAnswer, promisedOffer } from "./rules/promised-offer";

export interface PromisedView {
  readonly answer: PromisedAnswer;
  /** The promise that runs now. */
  readonly running: { readonly amountMinor: Minor; readonly untilAt: Date } | null;
  /** When it was offered by itself, since the money ended; null when it was not. */
  readonly offeredAt: Date | null;
  readonly consentRequired: boolean;
}

/** A promised payment as it may be had now, or why not: the rule of `startPromise`, stopped before the write. */
export async function readPromisedOffer(ctx: Context, accountId: string, money?: NextCharge): Promise<PromisedView> {
  const scope = requirePermission(ctx, "credit:read");
  await requireAccounts(ctx, scope, [accountId]);
  const [policy, facts, running, offeredAt] = await Promise.all([
    readPromisedPolicy(ctx),
    readPromisedFacts(ctx, accountId, money),
    readRunning(ctx, accountId),
    readOfferedAt(ctx, accountId),
  ]);
  return { answer: promisedOffer(facts, policy), running, offeredAt, consentRequired: policy.consentRequired };
}

async function readRunning(ctx: Context, accountId: string): Promise<PromisedView["running"]> {
  const [row] = await rowsOf<{ amount_minor: string; until_at: string }>(
    ctx,
    sql`
    select amount_minor, until_at from temporary_limits
    where account_id = ${accountId} and kind = 'promised' and closed_at is null
      and until_at > ${ctx.now().toISOString()}::timestamptz`,
  );
  return row ? { amountMinor: BigInt(row.amount_minor), untilAt: new Date(row.until_at) } : null;
}

/** The offer of this shortage: one that was made before the money ended last is about another. */
export async function readOfferedAt(ctx: Context, accountId: string): Promise<Date | null> {
  const [row] = await rowsOf<{ occurred_at: string }>(
    ctx,
    sql`
    select e.occurred_at from events e
    where e.account_id = ${accountId} and e.type = 'promise.offered' and e.occurred_at >= (
      select min(b.from_at) from blocks b
      where b.account_id = ${accountId} and b.reason = 'financial' and b.until_at is null)
    order by e.occurred_at desc limit 1`,
  );
  return row ? new Date(row.occurred_at) : null;
}
