import { eq } from "drizzle-orm";
import { changeDefaults } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { SetChangeDefaultInput } from "./schema";

/** Says what a tariff change up, down or between equals costs where its pair has no words of its own. */
export async function setChangeDefault(ctx: Context, raw: SetChangeDefaultInput): Promise<void> {
  requirePermission(ctx, "catalog:edit");
  const input = SetChangeDefaultInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const key = eq(changeDefaults.direction, input.direction);
    const [before] = await tx.db.select().from(changeDefaults).where(key).for("update");
    await tx.db
      .insert(changeDefaults)
      .values(input)
      .onConflictDoUpdate({ target: changeDefaults.direction, set: input });
    await record(tx, {
      audit: [
        {
          action: "catalog.set_change_default",
          entity: "change_default",
          entityId: input.direction,
          before,
          after: input,
        },
      ],
    });
  });
}
