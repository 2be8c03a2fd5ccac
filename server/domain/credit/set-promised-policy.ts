import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { lockSettings, writeSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { PROMISED_SETTING } from "./constants";
import { PromisedPolicy, SetPromisedPolicyInput } from "./schema";

/**
 * Says on what terms a payment is promised, from now on; promises that are open keep theirs. Refuses what nobody could be
 * promised by (the schema), a tariff that is not there (`promise.unknown_tariff`), and terms that somebody else has changed since
 * they were read (`setting.changed_meanwhile`).
 */
export async function setPromisedPolicy(ctx: Context, raw: SetPromisedPolicyInput): Promise<void> {
  requirePermission(ctx, "setting:edit");
  const { seen, policy } = SetPromisedPolicyInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const { values } = await lockSettings(tx, [PROMISED_SETTING], seen);
    await requireTariffs(tx, policy.tariffCodes ?? []);
    const changed = await writeSettings(tx, { [PROMISED_SETTING]: policy });
    await record(tx, {
      audit: changed.map((key) => ({
        action: "promise.set_policy",
        entity: "setting",
        entityId: key,
        before: values[key] ?? PromisedPolicy.parse({}),
        after: policy,
      })),
    });
  });
}

async function requireTariffs(tx: Context, codes: readonly string[]): Promise<void> {
  const { tariffs } = await readCatalog(tx);
  const known = new Set([...tariffs.values()].map((tariff) => tariff.code));
  const unknown = codes.find((code) => !known.has(code));
  if (unknown !== undefined) {
    throw new DomainError("invalid", "promise.unknown_tariff", { field: "policy.tariffCodes", code: unknown });
  }
}
