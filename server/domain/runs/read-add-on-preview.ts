import { readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { type ForeseenAddition, foreseeAddition } from "@/server/domain/rating";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";
import { addedRow, isOffered } from "./rules/offers";
import { AddOnInput } from "./schema";

/** What an addition would cost in this quantity: what `startAddOn` will do, stopped before the write. */
export async function readAddOnPreview(ctx: Context, raw: AddOnInput): Promise<ForeseenAddition> {
  const scope = requirePermission(ctx, "addon:switch");
  const { accountId, tariffId, quantity } = AddOnInput.parse(raw);
  const today = dayIn(ctx.now(), ctx.zone);
  const catalog = await readCatalog(ctx);
  await requireAccounts(ctx, scope, [accountId]);
  const [snapshot] = await lookAtSnapshots(ctx, [accountId], catalog, today);
  if (!snapshot) throw new DomainError("precondition", "addon.nothing_to_add_to");
  const tariff = catalog.tariffs.get(tariffId);
  if (!tariff || !isOffered(tariff, scope.kind === "all")) throw new DomainError("not_found", "tariff.not_found");
  return foreseeAddition(
    snapshot,
    addedRow(accountId, ctx.newId(), tariffId, quantity, today),
    catalog,
    today,
    ctx.zone,
  );
}
