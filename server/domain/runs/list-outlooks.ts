import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";
import { type FeeMove, feeMovesOf, type Shortfall, shortfallOf, type TrialEnd, trialEndsOf } from "./rules/outlook";

/** What lies ahead of an account, if nothing changes. */
export interface Outlook {
  readonly shortfall: Shortfall | null;
  readonly trialEnds: readonly (TrialEnd & TariffNames)[];
  readonly feeMoves: readonly (FeeMove & TariffNames)[];
}

interface TariffNames {
  readonly nameRu: string;
  readonly nameEn: string;
}

/**
 * Of many accounts, those whose money ends, whose trial turns paid or whose price changes by `through`: charging itself run ahead, as the cabinet's
 * «next charge» is. An account that cannot be rated is absent; the run parks it and says why.
 */
export async function listOutlooks(
  ctx: Context,
  accountIds: readonly string[],
  through: Day,
): Promise<Map<string, Outlook>> {
  requirePermission(ctx, "billing:foresee");
  if (accountIds.length === 0) return new Map();
  const today = dayIn(ctx.now(), ctx.zone);
  const catalog = await readCatalog(ctx);
  const outlooks = new Map<string, Outlook>();
  for (const snapshot of await lookAtSnapshots(ctx, accountIds, catalog, today)) {
    try {
      const shortfall = shortfallOf(snapshot, catalog, today, ctx.zone, through);
      const trialEnds = trialEndsOf(snapshot, catalog, today, through).flatMap((end) => withNames(end, catalog));
      const feeMoves = feeMovesOf(snapshot, catalog, today, through).flatMap((move) => withNames(move, catalog));
      if (shortfall || trialEnds.length + feeMoves.length > 0) {
        outlooks.set(snapshot.accountId, { shortfall, trialEnds, feeMoves });
      }
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
  }
  return outlooks;
}

function withNames<T extends { readonly tariffId: string }>(one: T, catalog: Catalog): (T & TariffNames)[] {
  const tariff = catalog.tariffs.get(one.tariffId);
  return tariff ? [{ ...one, nameRu: tariff.nameRu, nameEn: tariff.nameEn }] : [];
}
