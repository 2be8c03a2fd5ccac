import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockCopy, requireSandbox } from "./internal";
import { CopyInput } from "./schema";

/** Takes a copy away with everything it did. The database itself refuses where it is not a sandbox. */
export async function dropCopy(ctx: Context, raw: CopyInput): Promise<void> {
  requirePermission(ctx, "sandbox:use");
  const { copyId } = CopyInput.parse(raw);
  await requireSandbox(ctx);
  const today = dayIn(ctx.now(), ctx.zone);
  await ensurePartitions(ctx, today, today);
  await withTransaction(ctx, async (tx) => {
    const { sourceAccountId, ordinal } = await lockCopy(tx, copyId);
    await tx.db.execute(sql`select drop_sandbox_copy(${copyId})`);
    await record(tx, {
      audit: [
        { action: "sandbox.drop", entity: "sandbox_copy", entityId: copyId, before: { sourceAccountId, ordinal } },
      ],
    });
  });
}
