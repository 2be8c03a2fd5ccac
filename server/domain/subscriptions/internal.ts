import { and, eq, sql } from "drizzle-orm";
import { blocks, settings } from "@/db/schema";
import { limitsInForce } from "@/server/domain/ledger";
import { type Day, dayIn } from "@/server/kernel/day";
import { assertInvariant, DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import type { Outcome } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { cancelFees } from "./charge-fee";
import { SUSPENSION_SETTING } from "./constants";
import type { SuspensionFacts } from "./rules/suspension-answer";
import { SuspensionPolicy } from "./schema";

export type StoredBlock = typeof blocks.$inferSelect;

/** Not over yet, running or planned, and never the financial one, which money alone lifts. Throws `block.not_found`. */
export async function lockBlock(tx: Context, accountId: string, blockId: string): Promise<StoredBlock> {
  const key = and(eq(blocks.accountId, accountId), eq(blocks.id, blockId));
  const [block] = await tx.db.select().from(blocks).where(key).for("update");
  const over = block?.untilAt && (block.untilAt <= tx.now() || block.untilAt <= block.fromAt);
  if (!block || over || block.reason === "financial") throw new DomainError("not_found", "block.not_found");
  return block;
}

/**
 * Ends a block now, or takes back one that has not begun, which leaves an interval without length and returns its fee. Under
 * the lock of the account's money. Answers what the verb has to record.
 */
export async function closeBlock(tx: Context, block: StoredBlock, action: string): Promise<Outcome> {
  const begun = block.fromAt <= tx.now();
  const untilAt = begun ? tx.now() : block.fromAt;
  await tx.db
    .update(blocks)
    .set({ untilAt })
    .where(and(eq(blocks.accountId, block.accountId), eq(blocks.id, block.id)));
  const { accountId, id: subjectId } = block;
  if (!begun) await cancelFees(tx, [{ accountId, subjectId }], dayIn(tx.now(), tx.zone));
  return {
    audit: [
      {
        action,
        entity: "block",
        entityId: block.id,
        accountId: block.accountId,
        before: { untilAt: block.untilAt },
        after: { untilAt },
      },
    ],
    events: [
      {
        type: begun ? "block.lifted" : "block.cancelled",
        accountId: block.accountId,
        payload: { blockId: block.id, reason: block.reason },
      },
    ],
  };
}

/** The operator's terms: the setting over the defaults. A setting that does not fit throws, and nothing is suspended by it. */
export async function readSuspensionPolicy(ctx: Pick<Context, "db">): Promise<SuspensionPolicy> {
  const [row] = await ctx.db.select().from(settings).where(eq(settings.key, SUSPENSION_SETTING));
  return SuspensionPolicy.parse(row?.value ?? {});
}

/** A suspension that runs or is planned. */
export interface CurrentSuspension {
  /** Of the block that it is. */
  readonly suspensionId: string;
  readonly fromAt: Date;
  /** Null for one that staff placed without an end. */
  readonly untilAt: Date | null;
}

/** Everything that the rule asks about an account, and the suspension that stands in the way of another. */
export async function readSuspensionFacts(
  ctx: Context,
  accountId: string,
): Promise<{ facts: SuspensionFacts; current: CurrentSuspension | null }> {
  const now = ctx.now();
  const today = dayIn(now, ctx.zone);
  const [pauses, [money]] = await Promise.all([
    rowsOf<{ id: string; from_at: string; until_at: string | null }>(
      ctx,
      sql`
      select id, from_at, until_at from blocks
      where account_id = ${accountId} and reason = 'voluntary' and (until_at is null or until_at > from_at)
      order by from_at`,
    ),
    rowsOf<{ available_minor: string; has_service: boolean }>(
      ctx,
      sql`
      select b.balance_minor + a.credit_limit_minor + coalesce(l.amount_minor, 0) as available_minor,
             exists (select from subscriptions s where s.account_id = a.id
                     and (s.ended_on is null or s.ended_on > ${today}::date)) as has_service
      from accounts a join account_balances b on b.account_id = a.id
      left join ${limitsInForce([accountId], now)} l on l.account_id = a.id
      where a.id = ${accountId}`,
    ),
  ]);
  assertInvariant(money, "ledger.no_balance_row");
  const isOver = (until: string | null) => until !== null && new Date(until) <= now;
  const current = pauses.find((pause) => !isOver(pause.until_at));
  const dayOf = (at: string): Day => dayIn(new Date(at), ctx.zone);
  return {
    facts: {
      today,
      hasService: money.has_service,
      inForce: current !== undefined,
      past: pauses.flatMap((pause) =>
        pause.until_at && isOver(pause.until_at) ? daysOf(dayOf(pause.from_at), dayOf(pause.until_at)) : [],
      ),
      availableMinor: BigInt(money.available_minor) satisfies Minor,
    },
    current: current
      ? {
          suspensionId: current.id,
          fromAt: new Date(current.from_at),
          untilAt: current.until_at ? new Date(current.until_at) : null,
        }
      : null,
  };
}

/** A pause that was taken back on the day it began took no day, and counts for nothing. */
function daysOf(from: Day, until: Day) {
  return from < until ? [{ from, until }] : [];
}
