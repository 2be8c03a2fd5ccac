import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";
import { periodFeesOf } from "./rules/period-fees";

/**
 * What a whole period of every subscription of the accounts costs, by subscription: of the tariff it will have where a change
 * waits, else of the one it has. Kopecks, VAT inside, discounts taken off. What no price has reached is absent.
 */
export async function listPeriodFees(ctx: Context, accountIds: readonly string[]): Promise<Map<string, Minor>> {
  requirePermission(ctx, "billing:foresee");
  if (accountIds.length === 0) return new Map();
  const catalog = await readCatalog(ctx);
  const snapshots = await lookAtSnapshots(ctx, accountIds, catalog, dayIn(ctx.now(), ctx.zone));
  return new Map(snapshots.flatMap((snapshot) => periodFeesOf(snapshot, catalog)));
}
