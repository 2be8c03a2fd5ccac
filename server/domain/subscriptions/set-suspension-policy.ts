import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { lockSettings, writeSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { SUSPENSION_SETTING } from "./constants";
import { SetSuspensionPolicyInput, SuspensionPolicy } from "./schema";

/**
 * Says on what terms a subscriber may pause, from now on: also what early return of a pause that runs is asked by. Refuses what
 * contradicts itself (the schema) and terms that somebody else has changed since they were read (`setting.changed_meanwhile`).
 */
export async function setSuspensionPolicy(ctx: Context, raw: SetSuspensionPolicyInput): Promise<void> {
  requirePermission(ctx, "setting:edit");
  const { seen, policy } = SetSuspensionPolicyInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const { values } = await lockSettings(tx, [SUSPENSION_SETTING], seen);
    const changed = await writeSettings(tx, { [SUSPENSION_SETTING]: policy });
    await record(tx, {
      audit: changed.map((key) => ({
        action: "suspension.set_policy",
        entity: "setting",
        entityId: key,
        before: values[key] ?? SuspensionPolicy.parse({}),
        after: policy,
      })),
    });
  });
}
