import { eq } from "drizzle-orm";
import { dunningSteps } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { sqlState, withTransaction } from "@/server/platform/transaction";
import { stepNotFound, stepTaken } from "./errors";
import { readSteps, requireTemplate } from "./internal";
import { isOnItsSide } from "./rules/due-steps";
import { ChangeStepInput } from "./schema";

const UNIQUE_VIOLATION = "23505";

/**
 * Moves a step of the ladder, gives it other readers, another channel or text, switches it on or off. What it has said already
 * is not said again; what it has planned is looked at anew when its hour comes. Throws `not_found`, `conflict`
 * (`reminder_step.taken`).
 */
export async function changeStep(ctx: Context, raw: ChangeStepInput): Promise<void> {
  requirePermission(ctx, "reminder:edit");
  const { stepId, ...changes } = ChangeStepInput.parse(raw);
  try {
    await withTransaction(ctx, async (tx) => {
      await tx.db.select({ id: dunningSteps.id }).from(dunningSteps).where(eq(dunningSteps.id, stepId)).for("update");
      const before = (await readSteps(tx)).find((step) => step.id === stepId);
      if (!before) throw stepNotFound();
      await requireTemplate(tx, changes.templateCode, before.event);
      if (!isOnItsSide(before.event, changes.offsetDays)) {
        throw new DomainError("invalid", "reminder_step.wrong_side");
      }
      await tx.db
        .insert(dunningSteps)
        .values({ ...before, ...changes, createdAt: tx.now() })
        .onConflictDoUpdate({ target: dunningSteps.id, set: changes });
      const { offsetDays, audience, channel, templateCode, isOn } = before;
      await record(tx, {
        audit: [
          {
            action: "reminder.change_step",
            entity: "dunning_step",
            entityId: stepId,
            before: { offsetDays, audience, channel, templateCode, isOn },
            after: changes,
          },
        ],
      });
    });
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw stepTaken();
    throw error;
  }
}
