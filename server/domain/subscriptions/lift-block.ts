import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { closeBlock, lockBlock } from "./internal";
import { LiftBlockInput } from "./schema";

/**
 * Lifts one block now, and only that one; a planned one is cancelled. A financial block is lifted by money, so it is
 * `block.not_found` here, and so is one that is over.
 */
export async function liftBlock(ctx: Context, raw: LiftBlockInput): Promise<void> {
  const scope = requirePermission(ctx, "account:block");
  const input = LiftBlockInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    await lockBalances(tx, [input.accountId]);
    const block = await lockBlock(tx, input.accountId, input.blockId);
    await record(tx, await closeBlock(tx, block, "block.lift"));
  });
}
