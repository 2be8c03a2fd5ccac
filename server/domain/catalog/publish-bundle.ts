import { inArray } from "drizzle-orm";
import { bundleParts, bundles, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { bundleFault } from "./rules/check-bundle";
import { PublishBundleInput } from "./schema";

/**
 * Makes tariffs cheaper together, from a day on. The tariffs are locked, so that of two bundles over the same ones the later
 * sees the earlier. Refuses by name what `bundleFault` finds, a past day (`bundle.backdated`), a code that is taken
 * (`bundle.code_taken`) and a tariff that is not there (`tariff.not_found`).
 */
export async function publishBundle(ctx: Context, raw: PublishBundleInput): Promise<{ bundleId: string }> {
  requirePermission(ctx, "catalog:edit");
  const input = PublishBundleInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const tariffIds = [...new Set(input.parts.map((part) => part.tariffId))];
    const found = await tx.db
      .select({ id: tariffs.id, code: tariffs.code })
      .from(tariffs)
      .where(inArray(tariffs.id, tariffIds))
      .orderBy(tariffs.id)
      .for("update");
    if (found.length < tariffIds.length) throw new DomainError("not_found", "tariff.not_found");
    if (input.validFrom < dayIn(tx.now(), tx.zone)) throw new DomainError("invalid", "bundle.backdated");
    const [all, parts] = await Promise.all([tx.db.select().from(bundles), tx.db.select().from(bundleParts)]);
    if (all.some((one) => one.code === input.code)) throw new DomainError("conflict", "bundle.code_taken");
    const partsOf = Map.groupBy(parts, (part) => part.bundleId);
    const others = all.map((one) => ({ ...one, parts: partsOf.get(one.id) ?? [] }));
    const fault = bundleFault(input, others);
    if (fault) {
      const name = found.find((tariff) => tariff.id === fault.with)?.code ?? fault.with;
      throw new DomainError("invalid", fault.reason, name === undefined ? {} : { with: name });
    }
    const id = tx.newId();
    const { parts: wanted, ...bundle } = input;
    await tx.db.insert(bundles).values({ id, ...bundle });
    await tx.db.insert(bundleParts).values(wanted.map((part) => ({ bundleId: id, ...part })));
    await record(tx, { audit: [{ action: "bundle.publish", entity: "bundle", entityId: id, after: input }] });
    return { bundleId: id };
  });
}
