import { inArray } from "drizzle-orm";
import { z } from "zod";
import { tariffPhases, tariffPrices, tariffs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { PublishTariffInput } from "./schema";

/** Publishes new tariffs, each with its first price version. Refuses all with `conflict` when a code is taken. */
export async function publishTariffs(
  ctx: Context,
  raw: readonly PublishTariffInput[],
): Promise<{ tariffId: string }[]> {
  requirePermission(ctx, "tariff:publish");
  const input = z.array(PublishTariffInput).min(1).parse(raw);
  return withTransaction(ctx, async (tx) => {
    const codes = input.map((tariff) => tariff.code);
    const [taken] = await tx.db
      .select({ code: tariffs.code })
      .from(tariffs)
      .where(inArray(tariffs.code, codes))
      .limit(1);
    if (taken) throw new DomainError("conflict", "tariff.code_taken", { code: taken.code });
    const rows = input.map(({ price: { phases, ...price }, ...tariff }) => ({ id: tx.newId(), tariff, price, phases }));
    await tx.db.insert(tariffs).values(rows.map(({ id, tariff }) => ({ id, ...tariff })));
    await tx.db.insert(tariffPrices).values(rows.map(({ id, price }) => ({ tariffId: id, version: 1, ...price })));
    const phased = rows.flatMap(({ id, phases }) => phases.map((row) => ({ tariffId: id, version: 1, ...row })));
    if (phased.length > 0) await tx.db.insert(tariffPhases).values(phased);
    await record(tx, {
      audit: rows.map(({ id, tariff, price, phases }) => ({
        action: "tariff.publish",
        entity: "tariff",
        entityId: id,
        after: { ...tariff, price: { ...price, phases } },
      })),
      events: rows.map(({ id, tariff }) => ({
        type: "tariff.published" as const,
        accountId: null,
        payload: { tariffId: id, code: tariff.code, version: 1 },
      })),
    });
    return rows.map(({ id }) => ({ tariffId: id }));
  });
}
