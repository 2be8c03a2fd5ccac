import { and, eq, isNull } from "drizzle-orm";
import { dunningExceptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { alreadyExcepted } from "./errors";
import { AddExceptionInput } from "./schema";

/**
 * Keeps an account from being reminded until a day, with the reason: VIP, a public body that pays by its own budget, a
 * dispute. One that is open is ended and gives way to this one. What is planned is dropped when its hour comes. Throws
 * `invalid` (`reminder_exception.in_the_past`) when it would be over before it begins.
 */
export async function addException(ctx: Context, raw: AddExceptionInput): Promise<{ exceptionId: string }> {
  const scope = requirePermission(ctx, "reminder:except");
  const input = AddExceptionInput.parse(raw);
  const today = dayIn(ctx.now(), ctx.zone);
  if (input.untilOn <= today) throw new DomainError("invalid", "reminder_exception.in_the_past");
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const [before] = await tx.db
      .update(dunningExceptions)
      .set({ endedAt: tx.now() })
      .where(and(eq(dunningExceptions.accountId, input.accountId), isNull(dunningExceptions.endedAt)))
      .returning({ exceptionId: dunningExceptions.id, untilOn: dunningExceptions.untilOn });
    const id = tx.newId();
    const [added] = await tx.db
      .insert(dunningExceptions)
      .values({ ...input, id, fromOn: today, createdAt: tx.now() })
      .onConflictDoNothing()
      .returning();
    if (!added) throw alreadyExcepted();
    await record(tx, {
      audit: [
        {
          action: "reminder.add_exception",
          entity: "dunning_exception",
          entityId: id,
          accountId: input.accountId,
          before,
          after: input,
        },
      ],
    });
    return { exceptionId: id };
  });
}
