import { readCatalog, readChangeMatrix } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { changedTo } from "@/server/domain/rating";
import { listChangeFees } from "@/server/domain/subscriptions";
import { type Day, dayIn, laterDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { withSnapshot } from "@/server/platform/snapshot";
import { lookAtSnapshots } from "./load-snapshots";
import { isStopped } from "./rules/plan-change";
import { type PaidTariff, paidTariff, type TariffChoice, tariffChoices } from "./rules/tariff-choices";
import { TariffChoicesInput } from "./schema";

/** A subscription of a main tariff, what it pays, and the change that waits for its day. */
export interface TariffOnAccount extends PaidTariff {
  readonly subscriptionId: string;
  readonly quantity: number;
  readonly isPersonal: boolean;
  /** Set while it is still to come. */
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly scheduled: ScheduledTariff | null;
}

export interface ScheduledTariff extends PaidTariff {
  readonly effectiveOn: Day;
  /** Charged when it was asked for, and given back when it is taken back. */
  readonly changeFeeMinor: Minor;
}

/** The main tariffs of an account, additions apart, with what is planned for each. */
export async function readAccountTariffs(ctx: Context, accountId: string) {
  const scope = requirePermission(ctx, "account:read");
  return withSnapshot(ctx, async (snapshot) => {
    await requireAccounts(snapshot, scope, [accountId]);
    const { today, tariffs } = await look(snapshot, accountId);
    return { today, tariffs };
  });
}

/** What one subscription may be changed to, each against what it has; `refusal` says why nothing may be. */
export async function readTariffChoices(ctx: Context, raw: TariffChoicesInput) {
  const scope = requirePermission(ctx, "subscription:change");
  const { accountId, subscriptionId } = TariffChoicesInput.parse(raw);
  const publicOnly = scope.kind === "customer";
  return withSnapshot(ctx, async (snapshot) => {
    await requireAccounts(snapshot, scope, [accountId]);
    const [{ today, tariffs, around }, matrix] = await Promise.all([
      look(snapshot, accountId),
      readChangeMatrix(snapshot),
    ]);
    const present = tariffs.find((row) => row.subscriptionId === subscriptionId);
    const row = around?.snapshot.subscriptions.find(({ id }) => id === subscriptionId);
    if (!present || !row || !around) throw new DomainError("not_found", "subscription.not_found");
    const stopped = publicOnly && isStopped(row, around.snapshot.blocks, snapshot.now());
    const choices: TariffChoice[] = stopped ? [] : tariffChoices(row, { ...around, matrix, publicOnly });
    const refusal = stopped ? ("blocked" as const) : choices.length === 0 ? ("nothing" as const) : null;
    return { today, present, choices, refusal };
  });
}

async function look(ctx: Context, accountId: string) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [catalog, fees] = await Promise.all([readCatalog(ctx), listChangeFees(ctx, accountId, today)]);
  const [snapshot] = await lookAtSnapshots(ctx, [accountId], catalog, today);
  // Nothing is changed on an account that is closed.
  if (!snapshot) return { today, tariffs: [], around: null };
  const around = { snapshot, catalog, today };
  const tariffs = snapshot.subscriptions.flatMap((row): TariffOnAccount[] => {
    if (row.endedOn !== null && row.endedOn <= today) return [];
    if (catalog.tariffs.get(row.tariffId)?.kind === "option") return [];
    const change = snapshot.changes.find((one) => one.subscriptionId === row.id);
    const on = laterDay(today, row.startedOn);
    const fee = fees.find((one) => one.isScheduled && one.subscriptionId === row.id);
    return [
      {
        ...paidTariff(row, on, around),
        subscriptionId: row.id,
        quantity: row.quantity,
        isPersonal: row.personalPrices.some((one) => one.validFrom <= on && (!one.validTo || one.validTo > on)),
        startsOn: row.startedOn > today ? row.startedOn : null,
        endsOn: row.endedOn,
        scheduled: change
          ? {
              ...paidTariff(changedTo(row, change.toTariffId, change.effectiveOn), change.effectiveOn, around),
              effectiveOn: change.effectiveOn,
              changeFeeMinor: fee?.feeMinor ?? 0n,
            }
          : null,
      },
    ];
  });
  return { today, tariffs, around };
}
