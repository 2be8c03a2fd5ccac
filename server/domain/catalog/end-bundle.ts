import { eq } from "drizzle-orm";
import { bundles } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { EndBundleInput } from "./schema";

/**
 * Ends a bundle: periods that begin on `validTo` or later are charged without it. A day that is past is refused
 * (`bundle.backdated`), and so is ending what has ended (`bundle.over`).
 */
export async function endBundle(ctx: Context, raw: EndBundleInput): Promise<void> {
  requirePermission(ctx, "catalog:edit");
  const input = EndBundleInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const key = eq(bundles.id, input.bundleId);
    const [before] = await tx.db.select({ validTo: bundles.validTo }).from(bundles).where(key).for("update");
    if (!before) throw new DomainError("not_found", "bundle.not_found");
    const today = dayIn(tx.now(), tx.zone);
    if (input.validTo < today) throw new DomainError("invalid", "bundle.backdated");
    if (before.validTo !== null && before.validTo <= today) throw new DomainError("precondition", "bundle.over");
    const after = { validTo: input.validTo };
    await tx.db.update(bundles).set(after).where(key);
    await record(tx, {
      audit: [{ action: "bundle.end", entity: "bundle", entityId: input.bundleId, before, after }],
    });
  });
}
