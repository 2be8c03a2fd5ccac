import { readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { foreseeAddition } from "@/server/domain/rating";
import { addBoost, findBoost } from "@/server/domain/subscriptions";
import { addDays, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { loadSnapshots } from "./load-snapshots";
import { addedRow, isHeld, isOffered, quickestOf, runningOn } from "./rules/offers";
import { StartBoostInput } from "./schema";
import { startAndCharge } from "./start-and-charge";

/**
 * Sells hours of more speed for the account's internet: charged at once, all or nothing, and the network follows from the
 * event. One bought while another runs begins when that is over. The same key again is the same boost. Refuses by name:
 * `tariff.not_found`, `boost.nothing_to_speed_up`, `boost.not_faster`, `boost.key_reused` (of another tariff),
 * `addon.account_blocked`, `addon.price_changed`, `addon.not_enough_money`.
 */
export async function startBoost(ctx: Context, raw: StartBoostInput): Promise<{ fromAt: Date; untilAt: Date }> {
  const scope = requirePermission(ctx, "addon:switch");
  const { accountId, tariffId, agreedFeeMinor, requestKey } = StartBoostInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    // First, so that two presses of one key come one after the other.
    await lockBalances(tx, [accountId]);
    const sold = await findBoost(tx, accountId, requestKey);
    if (sold && sold.tariffId !== tariffId) throw new DomainError("conflict", "boost.key_reused");
    if (sold) return { fromAt: sold.fromAt, untilAt: sold.untilAt };
    const today = dayIn(tx.now(), tx.zone);
    const catalog = await readCatalog(tx);
    const [snapshot] = await loadSnapshots(tx, [accountId], catalog, today);
    if (!snapshot) throw new DomainError("precondition", "addon.nothing_to_add_to");
    const tariff = catalog.tariffs.get(tariffId);
    if (!tariff || !isOffered(tariff, scope.kind === "all")) throw new DomainError("not_found", "tariff.not_found");
    const { boostHours, downKbps, upKbps } = tariff;
    if (boostHours === null || downKbps === null || upKbps === null) {
      throw new DomainError("not_found", "tariff.not_found");
    }
    const running = runningOn(snapshot.subscriptions, today);
    const free = running.filter((row) => !isHeld(row, snapshot.blocks, tx.now()));
    if (running.length > 0 && free.length === 0) throw new DomainError("precondition", "addon.account_blocked");
    const target = quickestOf(free, catalog);
    if (!target) throw new DomainError("precondition", "boost.nothing_to_speed_up");
    if (downKbps <= target.downKbps) throw new DomainError("precondition", "boost.not_faster");
    const endedOn = addDays(today, 1);
    const added = addedRow(accountId, tx.newId(), tariffId, 1, today, endedOn);
    const { feeMinor } = foreseeAddition(snapshot, added, catalog, today, tx.zone);
    if (feeMinor !== agreedFeeMinor) {
      throw new DomainError("conflict", "addon.price_changed", { feeMinor: feeMinor.toString() });
    }
    const payer = { accountId, tariffId, startedOn: today, endedOn, endReason: "used_up" as const };
    const { subscriptionId: paidBySubscriptionId } = await startAndCharge(tx, payer);
    const { fromAt, untilAt } = await addBoost(tx, {
      id: requestKey,
      accountId,
      subscriptionId: target.subscriptionId,
      tariffId,
      paidBySubscriptionId,
      hours: boostHours,
      downKbps,
      upKbps,
    });
    const after = { tariffId, subscriptionId: target.subscriptionId, fromAt, untilAt, agreedFeeMinor };
    await record(tx, {
      audit: [{ action: "boost.start", entity: "boost", entityId: requestKey, accountId, after }],
      events: [{ type: "boost.started", accountId, payload: { boostId: requestKey, fromAt, untilAt } }],
    });
    return { fromAt, untilAt };
  });
}
