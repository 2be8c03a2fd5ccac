import { and, eq, isNull } from "drizzle-orm";
import { dunningExceptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { exceptionNotFound } from "./errors";
import { EndExceptionInput } from "./schema";

/** Ends an exception before its day: from the next plan on the account is reminded like any other. */
export async function endException(ctx: Context, raw: EndExceptionInput): Promise<void> {
  const scope = requirePermission(ctx, "reminder:except");
  const { accountId, exceptionId } = EndExceptionInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const [ended] = await tx.db
      .update(dunningExceptions)
      .set({ endedAt: tx.now() })
      .where(
        and(
          eq(dunningExceptions.accountId, accountId),
          eq(dunningExceptions.id, exceptionId),
          isNull(dunningExceptions.endedAt),
        ),
      )
      .returning();
    if (!ended) throw exceptionNotFound();
    await record(tx, {
      audit: [
        {
          action: "reminder.end_exception",
          entity: "dunning_exception",
          entityId: exceptionId,
          accountId,
          before: { untilOn: ended.untilOn },
          after: { endedAt: ended.endedAt },
        },
      ],
    });
  });
}
