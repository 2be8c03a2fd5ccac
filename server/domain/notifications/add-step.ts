import { dunningSteps } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { stepTaken } from "./errors";
import { requireTemplate } from "./internal";
import { AddStepInput } from "./schema";

/**
 * Adds a step to the ladder, switched off: whoever adds it looks first at who would be told. Throws `conflict`
 * (`reminder_step.taken`) when one stands there already.
 */
export async function addStep(ctx: Context, raw: AddStepInput): Promise<{ stepId: string }> {
  requirePermission(ctx, "reminder:edit");
  const input = AddStepInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireTemplate(tx, input.templateCode, input.event);
    const id = tx.newId();
    const [added] = await tx.db
      .insert(dunningSteps)
      .values({ id, ...input, isOn: false, createdAt: tx.now() })
      .onConflictDoNothing()
      .returning();
    if (!added) throw stepTaken();
    await record(tx, { audit: [{ action: "reminder.add_step", entity: "dunning_step", entityId: id, after: input }] });
    return { stepId: id };
  });
}
