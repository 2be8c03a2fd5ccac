import { blocks } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { intervalOf } from "./rules/block-interval";
import { PlaceBlockInput } from "./schema";

/**
 * Places a block that a person asked for, from now on or from a day to come, for good or until a day: it takes effect and ends by
 * itself. Blocks stack: others stay as they are.
 */
export async function placeBlock(ctx: Context, raw: PlaceBlockInput): Promise<{ blockId: string }> {
  const scope = requirePermission(ctx, "account:block");
  const { fromOn, untilOn, ...input } = PlaceBlockInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const id = tx.newId();
    const interval = intervalOf({ fromOn, untilOn }, tx.now(), tx.zone);
    await tx.db.insert(blocks).values({ ...input, id, ...interval });
    await record(tx, {
      audit: [
        {
          action: "block.place",
          entity: "block",
          entityId: id,
          accountId: input.accountId,
          after: { ...input, ...interval },
        },
      ],
      events: [
        {
          type: "block.placed",
          accountId: input.accountId,
          payload: { blockId: id, reason: input.reason, ...interval },
        },
      ],
    });
    return { blockId: id };
  });
}
