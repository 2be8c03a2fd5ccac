import { eq } from "drizzle-orm";
import { dunningSteps } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { sqlState, withTransaction } from "@/server/platform/transaction";
import type { ReminderEvent } from "./constants";
import { stepNotFound, stepTaken } from "./errors";
import { requireTemplate } from "./internal";
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
      const [before] = await tx.db.select().from(dunningSteps).where(eq(dunningSteps.id, stepId)).for("update");
      if (!before) throw stepNotFound();
      await requireTemplate(tx, changes.templateCode, before.event as ReminderEvent);
      if (before.event === "trial_ends" && changes.offsetDays >= 0) {
        throw new DomainError("invalid", "reminder_step.after_trial");
      }
      await tx.db.update(dunningSteps).set(changes).where(eq(dunningSteps.id, stepId));
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
