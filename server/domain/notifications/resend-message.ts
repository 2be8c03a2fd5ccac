import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { messageNotFound, notResendable } from "./errors";
import { readQuietHours, sendJob } from "./internal";
import { afterQuietHours } from "./rules/quiet-hours";
import { MessageInput } from "./schema";

/**
 * Has a message that failed, or that may not have arrived, sent once more: a person has looked and decided. It goes the way
 * of any planned one, so it is dropped when nothing is due any more. Throws `not_found` and `precondition`
 * (`message.not_resendable`).
 */
export async function resendMessage(ctx: Context, raw: MessageInput): Promise<{ plannedFor: Date }> {
  const scope = requirePermission(ctx, "reminder:resend");
  const { accountId, messageId } = MessageInput.parse(raw);
  const hours = await readQuietHours(ctx);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const [row] = await rowsOf<{ state: string; reason: string | null }>(
      tx,
      sql`select state, reason from messages where account_id = ${accountId} and id = ${messageId} for update`,
    );
    if (!row) throw messageNotFound();
    if (row.state !== "failed" && row.state !== "unknown") throw notResendable();
    const at = afterQuietHours(tx.now(), hours, tx.zone);
    await tx.db.execute(sql`
      update messages set state = 'planned', attempts = 0, planned_for = ${at.toISOString()}::timestamptz, finished_at = null
      where account_id = ${accountId} and id = ${messageId}`);
    await record(tx, {
      audit: [
        {
          action: "reminder.resend",
          entity: "message",
          entityId: messageId,
          accountId,
          before: row,
          after: { state: "planned" },
        },
      ],
      jobs: [sendJob(accountId, messageId, at)],
    });
    return { plannedFor: at };
  });
}
