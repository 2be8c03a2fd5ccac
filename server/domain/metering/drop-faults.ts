import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { faultNotFound } from "./errors";
import { closeFaults } from "./internal";
import { DropFaultsInput } from "./schema";

/**
 * Gives up on records of the bin, for a reason that stays with them. They are kept, and told again they stay dropped. Refuses
 * all when one is not in the bin any more (`usage.fault_not_found`).
 */
export async function dropFaults(ctx: Context, raw: DropFaultsInput): Promise<{ dropped: number }> {
  requirePermission(ctx, "usage:mend");
  const { note, ...input } = DropFaultsInput.parse(raw);
  const faultIds = [...new Set(input.faultIds)];
  return withTransaction(ctx, async (tx) => {
    const open = await rowsOf<{ id: string }>(
      tx,
      sql`select id from usage_faults where id = ${anyOf(faultIds, "uuid")} and state = 'open' order by id for update`,
    );
    if (open.length < faultIds.length) throw faultNotFound();
    await closeFaults(tx, faultIds, "dropped", note, actorLabel(tx.actor));
    await record(tx, {
      audit: faultIds.map((entityId) => ({
        action: "usage.drop_fault",
        entity: "usage_fault",
        entityId,
        after: { note },
      })),
    });
    return { dropped: faultIds.length };
  });
}
