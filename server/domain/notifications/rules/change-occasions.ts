import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { ChangeEvent, MessageLocale } from "../constants";
import type { Occasion, TariffName } from "./due-steps";
import { dayWords } from "./message-words";

/** A change of a subscription's tariff that its account should be told of. */
export interface ChangedTariff {
  readonly event: ChangeEvent;
  /** The day it is told. */
  readonly on: Day;
  readonly effectiveOn: Day;
  readonly from: TariffName;
  readonly to: TariffName;
  /** Of a period under the new tariff, discounts taken off. */
  readonly amountMinor: Minor;
  readonly feeMinor: Minor;
  readonly chargeMinor: Minor;
  readonly returnedMinor: Minor;
}

/**
 * An account is told once a day of one thing: changes of several subscriptions stand in one message, sums together, and where
 * their days differ each names its own.
 */
export function changeOccasions(changes: readonly ChangedTariff[]): Occasion[] {
  return [...Map.groupBy(changes, ({ event, on }) => `${event}|${on}`).values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const days = together.map(({ effectiveOn }) => effectiveOn).toSorted();
    const isOneDay = new Set(days).size === 1;
    const sum = (pick: (change: ChangedTariff) => Minor) => together.reduce((total, one) => total + pick(one), 0n);
    return {
      event: first.event,
      on: first.on,
      amountMinor: sum((one) => one.amountMinor),
      chargeMinor: sum((one) => one.chargeMinor),
      tariff: {
        nameRu: together.map((one) => named(one.to.nameRu, one, isOneDay, "ru")).join(", "),
        nameEn: together.map((one) => named(one.to.nameEn, one, isOneDay, "en")).join(", "),
      },
      change: {
        from: {
          nameRu: together.map((one) => one.from.nameRu).join(", "),
          nameEn: together.map((one) => one.from.nameEn).join(", "),
        },
        effectiveOn: days[0] ?? first.effectiveOn,
        feeMinor: sum((one) => one.feeMinor),
        returnedMinor: sum((one) => one.returnedMinor),
      },
    };
  });
}

function named(name: string, { effectiveOn }: ChangedTariff, isOneDay: boolean, locale: MessageLocale): string {
  return isOneDay ? name : `${name} (${dayWords(effectiveOn, locale)})`;
}
