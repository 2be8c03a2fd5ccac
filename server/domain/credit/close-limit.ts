import { and, eq, isNull } from "drizzle-orm";
import { temporaryLimits } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { CloseLimitInput } from "./schema";

/**
 * Takes a temporary limit back before its date, or one that has not begun. What was charged against it stays charged. One
 * that has ended is `limit.not_found`.
 */
export async function closeLimit(ctx: Context, raw: CloseLimitInput): Promise<void> {
  const scope = requirePermission(ctx, "credit:open");
  const input = CloseLimitInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    await lockBalances(tx, [input.accountId]);
    const change = { closedAt: tx.now(), outcome: "withdrawn" as const };
    const [closed] = await tx.db
      .update(temporaryLimits)
      .set(change)
      .where(
        and(
          eq(temporaryLimits.accountId, input.accountId),
          eq(temporaryLimits.id, input.limitId),
          isNull(temporaryLimits.closedAt),
        ),
      )
      .returning();
    if (!closed) throw new DomainError("not_found", "limit.not_found");
    await record(tx, {
      audit: [
        {
          action: "limit.close",
          entity: "limit",
          entityId: input.limitId,
          accountId: input.accountId,
          before: { closedAt: null, untilAt: closed.untilAt },
          after: change,
        },
      ],
      events: [
        {
          type: "limit.closed",
          accountId: input.accountId,
          payload: { limitId: input.limitId, kind: closed.kind, amountMinor: closed.amountMinor },
        },
      ],
    });
  });
}
