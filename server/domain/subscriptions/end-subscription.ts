import { and, eq } from "drizzle-orm";
import { subscriptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { addDays, dayIn, laterDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { END_BACK_DAYS } from "./constants";
import { EndSubscriptionInput } from "./schema";

/**
 * Ends a subscription; `endedOn` itself is no longer served. Ending what has ended is refused, not repeated. What was charged for
 * days from `endedOn` on comes back when the account is settled, which the event enqueues; that reaches `END_BACK_DAYS` back. For
 * somebody who left earlier, end it on the earliest day and give the older charges back by corrections (`correctCharge`).
 *
 * Throws `not_found`, `precondition` (`subscription.already_ended`), `invalid` (`subscription.ends_before_it_starts`,
 * `subscription.end_too_long_ago` with the earliest day that is possible).
 */
export async function endSubscription(ctx: Context, raw: EndSubscriptionInput): Promise<void> {
  const scope = requirePermission(ctx, "subscription:end");
  const input = EndSubscriptionInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const key = and(eq(subscriptions.accountId, input.accountId), eq(subscriptions.id, input.subscriptionId));
    const [before] = await tx.db.select().from(subscriptions).where(key).for("update");
    if (!before) throw new DomainError("not_found", "subscription.not_found");
    if (before.endedOn)
      throw new DomainError("precondition", "subscription.already_ended", { endedOn: before.endedOn });
    const field = "endedOn";
    if (input.endedOn < before.startedOn) {
      throw new DomainError("invalid", "subscription.ends_before_it_starts", { field, startedOn: before.startedOn });
    }
    const reachedOn = addDays(dayIn(tx.now(), tx.zone), -END_BACK_DAYS);
    if (input.endedOn < reachedOn) {
      const earliestOn = laterDay(reachedOn, before.startedOn);
      throw new DomainError("invalid", "subscription.end_too_long_ago", { field, earliestOn });
    }
    const change = { endedOn: input.endedOn, endReason: input.reason };
    await tx.db.update(subscriptions).set(change).where(key);
    await record(tx, {
      audit: [
        {
          action: "subscription.end",
          entity: "subscription",
          entityId: input.subscriptionId,
          accountId: input.accountId,
          before: { endedOn: null },
          after: change,
        },
      ],
      events: [
        {
          type: "subscription.ended",
          accountId: input.accountId,
          payload: { subscriptionId: input.subscriptionId, ...change },
        },
      ],
    });
  });
}
