import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { addDays, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockCopy, readCopyRow, requireSandbox } from "./internal";
import { loadRows } from "./load-rows";
import { CopyInput } from "./schema";
import { writeCopy } from "./write-copy";

/**
 * Begins a copy anew: the subscriber as they are in the main database (`ctx`) now, the clock at this moment; the copy's address
 * stays. All of it or nothing.
 */
export async function resetCopy(ctx: Context, sandbox: Context, raw: CopyInput): Promise<void> {
  const scope = requirePermission(ctx, "sandbox:use");
  const { copyId } = CopyInput.parse(raw);
  await requireSandbox(sandbox);
  const { sourceAccountId } = await readCopyRow(sandbox, copyId);
  await requireAccounts(ctx, scope, [sourceAccountId]);
  const rows = await loadRows(ctx, sourceAccountId);
  await ensurePartitions(sandbox, rows.earliestOn, addDays(dayIn(ctx.now(), ctx.zone), 31));
  await withTransaction(sandbox, async (tx) => {
    const { ordinal, clockAt } = await lockCopy(tx, copyId);
    await tx.db.execute(sql`select drop_sandbox_copy(${copyId})`);
    await writeCopy(tx, rows, { accountId: copyId, sourceAccountId, ordinal });
    await record(tx, {
      audit: [
        {
          action: "sandbox.reset",
          entity: "sandbox_copy",
          entityId: copyId,
          accountId: copyId,
          before: { clockAt },
          after: { clockAt: tx.now() },
        },
      ],
    });
  });
}
