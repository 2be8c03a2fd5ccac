import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";

export type OfferedTariff = NonNullable<ReturnType<Catalog["tariffs"]["get"]>>;

/** Additions and boosts are sold on the spot; those that are not public only by people of the operator. */
export function isOffered(tariff: OfferedTariff, toStaff: boolean): boolean {
  return tariff.kind === "option" && tariff.status === "published" && (tariff.isPublic || toStaff);
}

export function runningOn<Row extends Pick<SubscriptionRow, "startedOn" | "endedOn">>(
  subscriptions: readonly Row[],
  today: Day,
): Row[] {
  return subscriptions.filter((row) => row.startedOn <= today && (row.endedOn === null || row.endedOn > today));
}

/** Whether a block holds a subscription at `now`: its own or the whole account's, for whatever reason. */
export function isHeld(row: Pick<SubscriptionRow, "id">, blocks: readonly BlockRow[], now: Date): boolean {
  return blocks.some(
    ({ subscriptionId, fromAt, untilAt }) =>
      (subscriptionId === null || subscriptionId === row.id) && fromAt <= now && (untilAt === null || untilAt > now),
  );
}

/** The internet that a boost would speed up: the quickest that is in force. */
export function quickestOf(running: readonly Pick<SubscriptionRow, "id" | "tariffId">[], catalog: Catalog) {
  return running.reduce<{ subscriptionId: string; downKbps: number } | null>((best, row) => {
    const tariff = catalog.tariffs.get(row.tariffId);
    if (tariff?.kind !== "internet" || tariff.downKbps === null) return best;
    return best && best.downKbps >= tariff.downKbps ? best : { subscriptionId: row.id, downKbps: tariff.downKbps };
  }, null);
}

/** A subscription that begins today, as charging will see it once it is written. */
export function addedRow(
  accountId: string,
  id: string,
  tariffId: string,
  quantity: number,
  today: Day,
  endedOn: Day | null = null,
): SubscriptionRow {
  return {
    accountId,
    id,
    tariffId,
    quantity,
    startedOn: today,
    billedFrom: null,
    term: 0,
    termFrom: null,
    endedOn,
    personalPrices: [],
  };
}
