import { blocks } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { PlaceBlockInput } from "./schema";

/** Opens a block that a person asked for, from now on. Blocks stack: others stay as they are. */
export async function placeBlock(ctx: Context, raw: PlaceBlockInput): Promise<{ blockId: string }> {
  const scope = requirePermission(ctx, "account:block");
  const input = PlaceBlockInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const id = tx.newId();
    await tx.db.insert(blocks).values({ ...input, id, fromAt: tx.now() });
    await record(tx, {
      audit: [{ action: "block.place", entity: "block", entityId: id, accountId: input.accountId, after: input }],
      events: [{ type: "block.placed", accountId: input.accountId, payload: { blockId: id, reason: input.reason } }],
    });
    return { blockId: id };
  });
}
