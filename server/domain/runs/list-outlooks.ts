import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";
import { type Shortfall, shortfallOf, type TrialEnd, trialEndsOf } from "./rules/outlook";

/** What lies ahead of an account, if nothing changes. */
export interface Outlook {
  readonly shortfall: Shortfall | null;
  readonly trialEnds: readonly (TrialEnd & { readonly nameRu: string; readonly nameEn: string })[];
}

/**
 * Of many accounts, those whose money ends or whose trial turns paid by `through`: charging itself run ahead, as the cabinet's
 * «next charge» is. An account that cannot be rated is absent; the run parks it and says why.
 */
export async function listOutlooks(
  ctx: Context,
  accountIds: readonly string[],
  through: Day,
): Promise<Map<string, Outlook>> {
  requirePermission(ctx, "billing:foresee");
  const today = dayIn(ctx.now(), ctx.zone);
  const catalog = await readCatalog(ctx);
  const outlooks = new Map<string, Outlook>();
  for (const snapshot of await lookAtSnapshots(ctx, accountIds, catalog, today)) {
    try {
      const shortfall = shortfallOf(snapshot, catalog, today, ctx.zone, through);
      const trialEnds = trialEndsOf(snapshot, catalog, today, through).flatMap((end) => {
        const tariff = catalog.tariffs.get(end.tariffId);
        return tariff ? [{ ...end, nameRu: tariff.nameRu, nameEn: tariff.nameEn }] : [];
      });
      if (shortfall || trialEnds.length > 0) outlooks.set(snapshot.accountId, { shortfall, trialEnds });
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
  }
  return outlooks;
}
