import { sql } from "drizzle-orm";
import { readCatalog, readChangeMatrix } from "@/server/domain/catalog";
import { requireAccounts, requirePermission, type Scope } from "@/server/domain/identity";
import { readBalance } from "@/server/domain/ledger";
import { cancelFees, chargeFee, listChangeFees } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withSnapshot } from "@/server/platform/snapshot";
import { withTransaction } from "@/server/platform/transaction";
import { writeOutcomes } from "./internal";
import { loadSnapshots, lookAtSnapshots } from "./load-snapshots";
import { feesOf, type PlannedChange, planChange } from "./rules/plan-change";
import { ChangeTariffInput, PreviewTariffChangeInput } from "./schema";

/** What a person is shown before a change of tariff, and told after it. Kopecks; days in the operator's zone. */
export interface TariffChange {
  readonly effectiveOn: Day;
  /** Whatever the account owes once the tariff is changed, other subscriptions' fees that wait for money included. */
  readonly chargedMinor: Minor;
  readonly returnedMinor: Minor;
  /** For the change itself, charged at once also for a later one; it comes back with a change that is taken back. */
  readonly changeFeeMinor: Minor;
  /** Fees of the changes that this one replaces: they come back. */
  readonly feeReturnedMinor: Minor;
  /** All of it together: what leaves the balance at once; negative when more comes back. */
  readonly costMinor: Minor;
  readonly balanceBeforeMinor: Minor;
  readonly balanceAfterMinor: Minor;
  readonly missingMinor: Minor;
  readonly feeBeforeMinor: Minor;
  readonly feeAfterMinor: Minor;
  readonly endsPersonalPrice: boolean;
  readonly nextChargeOn: Day | null;
  readonly nextChargeMinor: Minor;
}

/** What `changeTariff` would do: the same code, stopped before the write. */
export async function previewTariffChange(ctx: Context, raw: PreviewTariffChangeInput): Promise<TariffChange> {
  const scope = requirePermission(ctx, "subscription:change");
  const input = PreviewTariffChangeInput.parse(raw);
  return withSnapshot(ctx, async (snapshot) => {
    await requireAccounts(snapshot, scope, [input.accountId]);
    return (await plan(snapshot, scope, input, lookAtSnapshots)).shown;
  });
}

/**
 * Changes a subscription's tariff. From the next period: the change is scheduled, an earlier one for the same subscription is
 * replaced, and `cancelTariffChange` takes it back. At once: the unused days are given back, the rest of the period is
 * charged, in one transaction. Refused with `conflict` (`change.shown_otherwise`) when it would not be what was agreed to, with
 * `precondition` (`subscription.not_enough_money`) when the balance is too small, and as `planChange` refuses.
 */
export async function changeTariff(ctx: Context, raw: ChangeTariffInput): Promise<TariffChange> {
  const scope = requirePermission(ctx, "subscription:change");
  const input = ChangeTariffInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const { planned, shown } = await plan(tx, scope, input, loadSnapshots);
    if (input.agreed && !isAgreed(input.agreed, shown)) throw new DomainError("conflict", "change.shown_otherwise");
    if (planned.missingMinor > 0n) {
      throw new DomainError("precondition", "subscription.not_enough_money", {
        missingMinor: planned.missingMinor.toString(),
      });
    }
    await writeChange(tx, input, planned);
    if (planned.outcome) {
      // Charging takes in what waits of usage too, which whoever asked for the change may not.
      const machine: Context = { ...tx, actor: { kind: "job", name: "change_tariff" } };
      await writeOutcomes(machine, [{ snapshot: planned.changed, outcome: planned.outcome }], planned.effectiveOn);
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
            feeReturnedMinor: shown.feeReturnedMinor,
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
    return shown;
  });
}

function isAgreed(agreed: Agreed, shown: TariffChange): boolean {
  return (
    agreed.effectiveOn === shown.effectiveOn &&
    agreed.costMinor === shown.costMinor &&
    agreed.feeAfterMinor === shown.feeAfterMinor
  );
}
type Agreed = NonNullable<ChangeTariffInput["agreed"]>;

async function plan(
  ctx: Context,
  scope: Scope,
  input: PreviewTariffChangeInput,
  load: typeof loadSnapshots,
): Promise<{ planned: PlannedChange; shown: TariffChange }> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [catalog, matrix] = await Promise.all([readCatalog(ctx), readChangeMatrix(ctx)]);
  const [snapshot] = await load(ctx, [input.accountId], catalog, today, { allLines: true });
  if (!snapshot) throw new DomainError("not_found", "account.not_found");
  const { accountId, subscriptionId, toTariffId, when } = input;
  const [balanceMinor, fees] = await Promise.all([readBalance(ctx, accountId), listChangeFees(ctx, accountId, today)]);
  const planned = planChange({
    snapshot,
    catalog,
    matrix,
    today,
    now: ctx.now(),
    zone: ctx.zone,
    subscriptionId,
    toTariffId,
    when,
    publicOnly: scope.kind === "customer",
    fees,
  });
  return { planned, shown: shownOf(planned, balanceMinor) };
}

async function writeChange(tx: Context, input: ChangeTariffInput, planned: PlannedChange): Promise<void> {
  const { accountId, subscriptionId, toTariffId, when } = input;
  const at = sql`${tx.now().toISOString()}::timestamptz`;
  const { effectiveOn, subscription } = planned;
  const changeId = tx.newId();
  await tx.db.execute(sql`
    update subscription_changes set state = 'cancelled', settled_at = ${at}
    where account_id = ${accountId} and subscription_id = ${subscriptionId} and state = 'scheduled'`);
  await cancelFees(
    tx,
    planned.replacedFees.map((fee) => ({ accountId, subjectId: fee.changeId })),
    dayIn(tx.now(), tx.zone),
  );
  const applied = when === "now";
  await tx.db.execute(sql`
    insert into subscription_changes (account_id, id, subscription_id, from_tariff_id, to_tariff_id, effective_on, state, requested_by,
                                      settled_at, created_at)
    values (${accountId}, ${changeId}, ${subscriptionId}, ${subscription.tariffId}, ${toTariffId}, ${effectiveOn},
            ${applied ? "applied" : "scheduled"}, ${actorLabel(tx.actor)}, ${applied ? at : sql`null`}, ${at})`);
  await chargeFee(tx, {
    accountId,
    subjectId: changeId,
    kind: "change_fee",
    feeMinor: planned.changeFeeMinor,
  });
  if (!applied) return;
  await tx.db.execute(sql`
    with ended as (
      update personal_prices set valid_to = greatest(valid_from, ${effectiveOn}::date)
      where account_id = ${accountId} and subscription_id = ${subscriptionId}
        and (valid_to is null or valid_to > ${effectiveOn})
    )
    update subscriptions set tariff_id = ${toTariffId}, term = term + 1, term_from = ${effectiveOn}
    where account_id = ${accountId} and id = ${subscriptionId}`);
}

function shownOf(planned: PlannedChange, balanceBeforeMinor: Minor): TariffChange {
  const { effectiveOn, chargedMinor, returnedMinor, changeFeeMinor, missingMinor, foreseen } = planned;
  const { feeBeforeMinor, feeAfterMinor, endsPersonalPrice } = planned;
  const feeReturnedMinor = feesOf(planned.replacedFees);
  const costMinor = chargedMinor + changeFeeMinor - returnedMinor - feeReturnedMinor;
  return {
    effectiveOn,
    chargedMinor,
    returnedMinor,
    changeFeeMinor,
    feeReturnedMinor,
    costMinor,
    balanceBeforeMinor,
    balanceAfterMinor: balanceBeforeMinor - costMinor,
    missingMinor,
    feeBeforeMinor,
    feeAfterMinor,
    endsPersonalPrice,
    nextChargeOn: foreseen.next?.on ?? null,
    nextChargeMinor: foreseen.next?.dueMinor ?? 0n,
  };
}
