import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { addDays, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { requireSandbox } from "./internal";
import { loadRows } from "./load-rows";
import { CopyAccountInput } from "./schema";
import { writeCopy } from "./write-copy";

/**
 * Copies a subscriber's account from the main database (`ctx`) into the sandbox: what they are charged by, masked, with the
 * balance as one opening transfer and a clock that starts now. One account may have several copies. The main database is only
 * read; that it was, stands in its audit.
 */
export async function copyAccount(
  ctx: Context,
  sandbox: Context,
  raw: CopyAccountInput,
): Promise<{ copyId: string; ordinal: number }> {
  const scope = requirePermission(ctx, "sandbox:use");
  const { accountId: sourceAccountId } = CopyAccountInput.parse(raw);
  await Promise.all([requireSandbox(sandbox), requireAccounts(ctx, scope, [sourceAccountId])]);
  const rows = await loadRows(ctx, sourceAccountId);
  await ensurePartitions(sandbox, rows.earliestOn, addDays(dayIn(ctx.now(), ctx.zone), 31));
  const made = await withTransaction(sandbox, async (tx) => {
    const copyId = tx.newId();
    const ordinal = await nextOrdinal(tx);
    await writeCopy(tx, rows, { accountId: copyId, sourceAccountId, ordinal });
    await record(tx, {
      audit: [
        {
          action: "sandbox.copy",
          entity: "sandbox_copy",
          entityId: copyId,
          accountId: copyId,
          after: { sourceAccountId, ordinal },
        },
      ],
    });
    return { copyId, ordinal };
  });
  await record(ctx, {
    audit: [
      {
        action: "sandbox.copy",
        entity: "account",
        entityId: sourceAccountId,
        accountId: sourceAccountId,
        after: made,
      },
    ],
  });
  return made;
}

/** Copies are counted from 1; the lock keeps two that are made together apart. */
async function nextOrdinal(tx: Context): Promise<number> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext('sandbox copies'))`);
  const [row] = await rowsOf<{ next: number }>(
    tx,
    sql`select coalesce(max(ordinal), 0) + 1 as next from sandbox_copies`,
  );
  return row?.next ?? 1;
}
