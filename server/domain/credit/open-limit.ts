import { and, eq } from "drizzle-orm";
import { temporaryLimits } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { addDays, type Day, dayIn, startOfDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { MAX_LIMIT_DAYS } from "./constants";
import { OpenLimitInput } from "./schema";

/**
 * Gives an account more credit for a time, from now or from a day to come. It ends by itself. The same request key is the
 * same limit; with other terms it is a `conflict` (`limit.key_reused`). Refuses days in the past
 * (`limit.starts_in_the_past`), in the wrong order (`limit.ends_before_it_starts`) and more than a year
 * (`limit.too_long`).
 */
export async function openLimit(ctx: Context, raw: OpenLimitInput): Promise<{ limitId: string }> {
  const scope = requirePermission(ctx, "credit:open");
  const input = OpenLimitInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    await lockBalances(tx, [input.accountId]);
    const limit = {
      accountId: input.accountId,
      id: input.requestKey,
      kind: "temporary" as const,
      amountMinor: input.amountMinor,
      ...intervalOf(input.fromOn, input.untilOn, tx),
      grantedBy: actorLabel(tx.actor),
      note: input.note,
    };
    const [granted] = await tx.db.insert(temporaryLimits).values(limit).onConflictDoNothing().returning();
    if (!granted) {
      const key = and(eq(temporaryLimits.accountId, limit.accountId), eq(temporaryLimits.id, limit.id));
      const [known] = await tx.db.select().from(temporaryLimits).where(key);
      const same = known?.amountMinor === limit.amountMinor && known.untilAt.getTime() === limit.untilAt.getTime();
      if (!same) throw new DomainError("conflict", "limit.key_reused");
      return { limitId: limit.id };
    }
    const { amountMinor, fromAt, untilAt, note } = limit;
    await record(tx, {
      audit: [
        {
          action: "limit.open",
          entity: "limit",
          entityId: limit.id,
          accountId: limit.accountId,
          after: { amountMinor, fromAt, untilAt, note },
        },
      ],
      events: [
        { type: "limit.opened", accountId: limit.accountId, payload: { limitId: limit.id, amountMinor, untilAt } },
      ],
    });
    return { limitId: limit.id };
  });
}

function intervalOf(fromOn: Day | null, untilOn: Day, ctx: Context): { fromAt: Date; untilAt: Date } {
  const today = dayIn(ctx.now(), ctx.zone);
  const from = fromOn ?? today;
  if (from < today) throw new DomainError("invalid", "limit.starts_in_the_past");
  if (untilOn <= from) throw new DomainError("invalid", "limit.ends_before_it_starts");
  if (untilOn > addDays(from, MAX_LIMIT_DAYS)) throw new DomainError("invalid", "limit.too_long");
  return { fromAt: from === today ? ctx.now() : startOfDay(from, ctx.zone), untilAt: startOfDay(untilOn, ctx.zone) };
}
