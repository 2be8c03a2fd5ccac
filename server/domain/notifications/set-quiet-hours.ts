import { settings } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { QUIET_HOURS_SETTING } from "./constants";
import { readQuietHours } from "./internal";
import { SetQuietHoursInput } from "./schema";

/** Says when nobody is written to. Planned messages go by it too: the hours are looked at again before each is sent. */
export async function setQuietHours(ctx: Context, raw: SetQuietHoursInput): Promise<void> {
  requirePermission(ctx, "reminder:edit");
  const hours = SetQuietHoursInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const before = await readQuietHours(tx);
    await tx.db
      .insert(settings)
      .values({ key: QUIET_HOURS_SETTING, value: hours })
      .onConflictDoUpdate({ target: settings.key, set: { value: hours } });
    await record(tx, {
      audit: [
        { action: "reminder.set_quiet_hours", entity: "setting", entityId: QUIET_HOURS_SETTING, before, after: hours },
      ],
    });
  });
}
