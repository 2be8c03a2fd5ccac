import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { closeBlock, lockBlock, readSuspensionPolicy } from "./internal";
import { returnFrom } from "./rules/suspension-answer";
import { EndSuspensionInput } from "./schema";

/**
 * Comes back from a pause before its end, or cancels one that has not begun. When the operator allows it later
 * (`suspension.return_later` with the day) or not at all (`suspension.no_early_return`), it is refused. One that is over, or
 * is no pause of the subscriber's, is `block.not_found`.
 */
export async function endSuspension(ctx: Context, raw: EndSuspensionInput): Promise<void> {
  const scope = requirePermission(ctx, "suspension:begin");
  const input = EndSuspensionInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    await lockBalances(tx, [input.accountId]);
    const [policy, block] = await Promise.all([
      readSuspensionPolicy(tx),
      lockBlock(tx, input.accountId, input.suspensionId),
    ]);
    if (block.reason !== "voluntary") throw new DomainError("not_found", "block.not_found");
    const today = dayIn(tx.now(), tx.zone);
    const on = returnFrom({ from: dayIn(block.fromAt, tx.zone) }, block.fromAt <= tx.now(), today, policy);
    if (on === null) throw new DomainError("precondition", "suspension.no_early_return");
    if (on > today) throw new DomainError("precondition", "suspension.return_later", { on });
    await record(tx, await closeBlock(tx, block, "suspension.end"));
  });
}
