import { sql } from "drizzle-orm";
import { readCatalog, readChangeMatrix } from "@/server/domain/catalog";
import { requireAccounts, requirePermission, type Scope } from "@/server/domain/identity";
import { cancelFee, chargeFee } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withSnapshot } from "@/server/platform/snapshot";
import { withTransaction } from "@/server/platform/transaction";
import { CHANGE_REVENUE } from "./constants";
import { writeOutcomes } from "./internal";
import { loadSnapshots, lookAtSnapshots } from "./load-snapshots";
import { type PlannedChange, planChange } from "./rules/plan-change";
import { ChangeTariffInput } from "./schema";

/** What a person is shown before a change of tariff, and told after it. Kopecks; days in the operator's zone. */
export interface TariffChange {
  readonly effectiveOn: Day;
  readonly chargedMinor: Minor;
  readonly returnedMinor: Minor;
  /** For the change itself, charged at once also for a later one; it comes back with a change that is taken back. */
  readonly changeFeeMinor: Minor;
  readonly missingMinor: Minor;
  readonly feeBeforeMinor: Minor;
  readonly feeAfterMinor: Minor;
  readonly nextChargeOn: Day | null;
  readonly nextChargeMinor: Minor;
}

/** What `changeTariff` would do: the same code, stopped before the write. */
export async function previewTariffChange(ctx: Context, raw: ChangeTariffInput): Promise<TariffChange> {
  const scope = requirePermission(ctx, "subscription:change");
  const input = ChangeTariffInput.parse(raw);
  return withSnapshot(ctx, async (snapshot) => {
    await requireAccounts(snapshot, scope, [input.accountId]);
    return shownOf(await plan(snapshot, scope, input, lookAtSnapshots));
  });
}

/**
 * Changes a subscription's tariff. From the next period: the change is scheduled, an earlier one for the same subscription is
 * replaced, and `cancelTariffChange` takes it back. At once: the unused days are given back, the rest of the period is
 * charged, in one transaction; refused with `precondition` (`subscription.not_enough_money`) when the balance is too small.
 */
export async function changeTariff(ctx: Context, raw: ChangeTariffInput): Promise<TariffChange> {
  const scope = requirePermission(ctx, "subscription:change");
  const input = ChangeTariffInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const planned = await plan(tx, scope, input, loadSnapshots);
    if (planned.missingMinor > 0n) {
      throw new DomainError("precondition", "subscription.not_enough_money", {
        missingMinor: planned.missingMinor.toString(),
      });
    }
    await writeChange(tx, input, planned);
    if (planned.outcome) {
      await writeOutcomes(tx, [{ snapshot: planned.changed, outcome: planned.outcome }], planned.effectiveOn);
    }
    const { accountId, subscriptionId, toTariffId, when } = input;
    const payload = { subscriptionId, toTariffId, effectiveOn: planned.effectiveOn };
    await record(tx, {
      audit: [
        {
          action: when === "now" ? "subscription.change" : "subscription.schedule_change",
          entity: "subscription",
          entityId: subscriptionId,
          accountId,
          before: { tariffId: planned.subscription.tariffId },
          after: {
            ...payload,
            chargedMinor: planned.chargedMinor,
            returnedMinor: planned.returnedMinor,
            changeFeeMinor: planned.changeFeeMinor,
          },
        },
      ],
      events: [
        {
          type: when === "now" ? "subscription.changed" : "subscription.change_scheduled",
          accountId,
          payload,
        },
      ],
    });
    return shownOf(planned);
  });
}

async function plan(
  ctx: Context,
  scope: Scope,
  input: ChangeTariffInput,
  load: typeof loadSnapshots,
): Promise<PlannedChange> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [catalog, matrix] = await Promise.all([readCatalog(ctx), readChangeMatrix(ctx)]);
  const [snapshot] = await load(ctx, [input.accountId], catalog, today, { allLines: true });
  if (!snapshot) throw new DomainError("not_found", "account.not_found");
  const { subscriptionId, toTariffId, when } = input;
  return planChange({
    snapshot,
    catalog,
    matrix,
    today,
    zone: ctx.zone,
    subscriptionId,
    toTariffId,
    when,
    publicOnly: scope.kind === "customer",
  });
}

async function writeChange(tx: Context, input: ChangeTariffInput, planned: PlannedChange): Promise<void> {
  const { accountId, subscriptionId, toTariffId, when } = input;
  const at = sql`${tx.now().toISOString()}::timestamptz`;
  const { effectiveOn, subscription } = planned;
  const changeId = tx.newId();
  const [replaced] = await rowsOf<{ id: string }>(
    tx,
    sql`
    update subscription_changes set state = 'cancelled', settled_at = ${at}
    where account_id = ${accountId} and subscription_id = ${subscriptionId} and state = 'scheduled' returning id`,
  );
  if (replaced) await cancelFee(tx, accountId, replaced.id);
  const applied = when === "now";
  await tx.db.execute(sql`
    insert into subscription_changes (account_id, id, subscription_id, from_tariff_id, to_tariff_id, effective_on, state, requested_by, settled_at)
    values (${accountId}, ${changeId}, ${subscriptionId}, ${subscription.tariffId}, ${toTariffId}, ${effectiveOn},
            ${applied ? "applied" : "scheduled"}, ${actorLabel(tx.actor)}, ${applied ? at : sql`null`})`);
  await chargeFee(tx, {
    accountId,
    subjectId: changeId,
    feeMinor: planned.changeFeeMinor,
    revenueCode: CHANGE_REVENUE,
  });
  if (!applied) return;
  await tx.db.execute(sql`
    with ended as (
      update personal_prices set valid_to = ${effectiveOn}
      where account_id = ${accountId} and subscription_id = ${subscriptionId}
        and valid_from < ${effectiveOn} and (valid_to is null or valid_to > ${effectiveOn})
    )
    update subscriptions set tariff_id = ${toTariffId}, term = term + 1, term_from = ${effectiveOn}
    where account_id = ${accountId} and id = ${subscriptionId}`);
}

function shownOf(planned: PlannedChange): TariffChange {
  const {
    effectiveOn,
    chargedMinor,
    returnedMinor,
    changeFeeMinor,
    missingMinor,
    feeBeforeMinor,
    feeAfterMinor,
    foreseen,
  } = planned;
  return {
    effectiveOn,
    chargedMinor,
    returnedMinor,
    changeFeeMinor,
    missingMinor,
    feeBeforeMinor,
    feeAfterMinor,
    nextChargeOn: foreseen.next?.on ?? null,
    nextChargeMinor: foreseen.next?.dueMinor ?? 0n,
  };
}
