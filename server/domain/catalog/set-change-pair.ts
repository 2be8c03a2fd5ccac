import { and, eq, inArray } from "drizzle-orm";
import { changePairs, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { SetChangePairInput } from "./schema";

/**
 * Gives a pair of tariffs its own words in the change matrix, or takes them away (`terms: null`). A change already planned
 * keeps the terms it was planned under. Refuses a tariff that is not there (`tariff.not_found`), a pair of one
 * (`change.same_tariff`) and of two kinds (`change.other_kind`): nobody changes internet for television.
 */
export async function setChangePair(ctx: Context, raw: SetChangePairInput): Promise<void> {
  requirePermission(ctx, "catalog:edit");
  const { fromTariffId, toTariffId, terms } = SetChangePairInput.parse(raw);
  if (fromTariffId === toTariffId) throw new DomainError("invalid", "change.same_tariff");
  await withTransaction(ctx, async (tx) => {
    const kinds = await tx.db
      .select({ kind: tariffs.kind })
      .from(tariffs)
      .where(inArray(tariffs.id, [fromTariffId, toTariffId]))
      .orderBy(tariffs.id)
      .for("share");
    if (kinds.length < 2) throw new DomainError("not_found", "tariff.not_found");
    if (kinds[0]?.kind !== kinds[1]?.kind) throw new DomainError("invalid", "change.other_kind");
    const key = and(eq(changePairs.fromTariffId, fromTariffId), eq(changePairs.toTariffId, toTariffId));
    const [before] = await tx.db.select().from(changePairs).where(key).for("update");
    if (terms) {
      await tx.db
        .insert(changePairs)
        .values({ fromTariffId, toTariffId, ...terms })
        .onConflictDoUpdate({ target: [changePairs.fromTariffId, changePairs.toTariffId], set: terms });
    } else {
      await tx.db.delete(changePairs).where(key);
    }
    await record(tx, {
      audit: [
        {
          action: "catalog.set_change_pair",
          entity: "change_pair",
          entityId: `${fromTariffId}:${toTariffId}`,
          before,
          after: terms,
        },
      ],
    });
  });
}
