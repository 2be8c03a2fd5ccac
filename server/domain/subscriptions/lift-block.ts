import { and, eq, isNull, ne } from "drizzle-orm";
import { blocks } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { LiftBlockInput } from "./schema";

/** Lifts one block now, and only that one. A financial block is lifted by money, so it is `block.not_found` here. */
export async function liftBlock(ctx: Context, raw: LiftBlockInput): Promise<void> {
  const scope = requirePermission(ctx, "account:block");
  const input = LiftBlockInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const [lifted] = await tx.db
      .update(blocks)
      .set({ untilAt: tx.now() })
      .where(
        and(
          eq(blocks.accountId, input.accountId),
          eq(blocks.id, input.blockId),
          isNull(blocks.untilAt),
          ne(blocks.reason, "financial"),
        ),
      )
      .returning();
    if (!lifted) throw new DomainError("not_found", "block.not_found");
    await record(tx, {
      audit: [
        {
          action: "block.lift",
          entity: "block",
          entityId: input.blockId,
          accountId: input.accountId,
          before: { untilAt: null },
          after: { untilAt: lifted.untilAt },
        },
      ],
      events: [
        {
          type: "block.lifted",
          accountId: input.accountId,
          payload: { blockId: input.blockId, reason: lifted.reason },
        },
      ],
    });
  });
}
