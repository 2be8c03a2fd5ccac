import { readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { foreseeAddition } from "@/server/domain/rating";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { loadSnapshots } from "./load-snapshots";
import { addedRow, isHeld, isOffered, runningOn } from "./rules/offers";
import { StartAddOnInput } from "./schema";
import { startAndCharge } from "./start-and-charge";

/**
 * Switches an addition on from today, at the fee that was agreed to, and charges what is due for it at once: all or nothing.
 * Refuses by name: `tariff.not_found` (also what is not for the asker), `addon.already_on`, `addon.nothing_to_add_to`,
 * `addon.account_blocked`, `addon.price_changed` (the screen was old), `addon.not_enough_money`.
 */
export async function startAddOn(
  ctx: Context,
  raw: StartAddOnInput,
): Promise<{ subscriptionId: string; chargedMinor: Minor }> {
  const scope = requirePermission(ctx, "addon:switch");
  const { accountId, tariffId, quantity, agreedFeeMinor } = StartAddOnInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const today = dayIn(tx.now(), tx.zone);
    const catalog = await readCatalog(tx);
    const [snapshot] = await loadSnapshots(tx, [accountId], catalog, today);
    if (!snapshot) throw new DomainError("precondition", "addon.nothing_to_add_to");
    const tariff = catalog.tariffs.get(tariffId);
    if (!tariff || !isOffered(tariff, scope.kind === "all") || tariff.boostHours !== null) {
      throw new DomainError("not_found", "tariff.not_found");
    }
    const running = runningOn(snapshot.subscriptions, today);
    const mains = running.filter((row) => catalog.tariffs.get(row.tariffId)?.kind !== "option");
    if (running.some((row) => row.tariffId === tariffId)) throw new DomainError("precondition", "addon.already_on");
    if (mains.length === 0) throw new DomainError("precondition", "addon.nothing_to_add_to");
    if (mains.every((row) => isHeld(row, snapshot.blocks, tx.now()))) {
      throw new DomainError("precondition", "addon.account_blocked");
    }
    const added = addedRow(accountId, tx.newId(), tariffId, quantity, today);
    const foreseen = foreseeAddition(snapshot, added, catalog, today, tx.zone);
    if (foreseen.feeMinor !== agreedFeeMinor) {
      throw new DomainError("conflict", "addon.price_changed", { feeMinor: foreseen.feeMinor.toString() });
    }
    const { subscriptionId } = await startAndCharge(tx, { accountId, tariffId, quantity, startedOn: today });
    await record(tx, {
      audit: [
        {
          action: "addon.start",
          entity: "subscription",
          entityId: subscriptionId,
          accountId,
          after: { tariffId, quantity, agreedFeeMinor, chargedMinor: foreseen.chargedNowMinor },
        },
      ],
    });
    return { subscriptionId, chargedMinor: foreseen.chargedNowMinor };
  });
}
