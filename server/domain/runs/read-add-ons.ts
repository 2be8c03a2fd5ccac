import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import {
  type AccountSnapshot,
  foreseeAddition,
  type PriceTurn,
  priceOf,
  quotePeriod,
  turnOf,
} from "@/server/domain/rating";
import { listBoosts, type SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, dayIn, laterDay } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";
import { addedRow, isOffered, type OfferedTariff, quickestOf, runningOn } from "./rules/offers";

/** An addition or a boost that the account may have, with what it would cost it. */
export interface Offer {
  readonly tariffId: string;
  readonly code: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly chargeMethod: string;
  readonly periodMonths: number;
  /** Of an instalment: after how many periods it is paid off. */
  readonly maxCharges: number | null;
  readonly boostHours: number | null;
  readonly downKbps: number | null;
  readonly fullFeeMinor: Minor;
  readonly feeMinor: Minor;
  readonly isTrial: boolean;
  readonly turn: PriceTurn | null;
  readonly chargedNowMinor: Minor;
  readonly missingMinor: Minor;
}

/** An addition that is on. */
export interface ConnectedAddOn {
  readonly subscriptionId: string;
  readonly tariffId: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly quantity: number;
  readonly startedOn: Day;
  readonly endedOn: Day | null;
  readonly feeMinor: Minor;
  readonly chargeMethod: string;
  readonly periodMonths: number;
  readonly isTrial: boolean;
  readonly turn: PriceTurn | null;
  /** Of an instalment: how many charges; the subscriber cannot end it. */
  readonly maxCharges: number | null;
}

/** What may be added to an account, what is on, and the buttons that give more speed, each with what it costs this account. */
export async function readAddOns(ctx: Context, accountId: string) {
  const scope = requirePermission(ctx, "addon:switch");
  const today = dayIn(ctx.now(), ctx.zone);
  const catalog = await readCatalog(ctx);
  await requireAccounts(ctx, scope, [accountId]);
  const [[snapshot], boosts] = await Promise.all([
    lookAtSnapshots(ctx, [accountId], catalog, today),
    listBoosts(ctx, accountId),
  ]);
  // Nothing is sold on an account that is closed.
  if (!snapshot) {
    return { now: ctx.now(), today, connected: [], addOns: [], boosts: [], boosted: null, discounts: [] };
  }
  const running = runningOn(snapshot.subscriptions, today);
  const quickest = quickestOf(running, catalog);
  const on = new Set(running.map((row) => row.tariffId));
  const offers = [...catalog.tariffs.values()]
    .filter((tariff) => isOffered(tariff, scope.kind === "all"))
    .flatMap((tariff) => offerOf(ctx, tariff, snapshot, catalog, today));
  return {
    now: ctx.now(),
    today,
    discounts: snapshot.discounts.filter((row) => row.validTo === null || row.validTo > today),
    connected: running.flatMap((row) => connectedOf(row, snapshot, catalog, today)),
    addOns: running.length === 0 ? [] : offers.filter((offer) => offer.boostHours === null && !on.has(offer.tariffId)),
    boosts: offers.filter(
      (offer) => offer.boostHours !== null && quickest && (offer.downKbps ?? 0) > quickest.downKbps,
    ),
    /** Whose speed the buttons raise, and until when it is raised. */
    boosted: quickest && {
      subscriptionId: quickest.subscriptionId,
      downKbps: quickest.downKbps,
      running: boosts
        .filter((boost) => boost.subscriptionId === quickest.subscriptionId)
        .map(({ id, fromAt, untilAt, downKbps }) => ({ id, fromAt, untilAt, downKbps })),
    },
  };
}
export type AddOns = Awaited<ReturnType<typeof readAddOns>>;

function offerOf(
  ctx: Context,
  tariff: OfferedTariff,
  snapshot: AccountSnapshot,
  catalog: Catalog,
  today: Day,
): Offer[] {
  const added = addedRow(snapshot.accountId, ctx.newId(), tariff.id, 1, today);
  try {
    const { price } = priceOf(added, catalog, today);
    const foreseen = foreseeAddition(snapshot, added, catalog, today, ctx.zone);
    const { id, code, nameRu, nameEn, boostHours, downKbps } = tariff;
    return [{ tariffId: id, code, nameRu, nameEn, boostHours, downKbps, ...methodOf(price), ...foreseen }];
  } catch (error) {
    // A tariff that no price has reached yet is not for sale; an account that cannot be rated is not sold anything.
    if (isDomainError(error)) return [];
    throw error;
  }
}

function connectedOf(row: SubscriptionRow, snapshot: AccountSnapshot, catalog: Catalog, today: Day): ConnectedAddOn[] {
  const tariff = catalog.tariffs.get(row.tariffId);
  if (tariff?.kind !== "option" || tariff.boostHours !== null) return [];
  const on = laterDay(today, row.startedOn);
  const quote = quotePeriod(row, catalog, on, snapshot);
  return [
    {
      subscriptionId: row.id,
      tariffId: row.tariffId,
      nameRu: tariff.nameRu,
      nameEn: tariff.nameEn,
      quantity: row.quantity,
      startedOn: row.startedOn,
      endedOn: row.endedOn,
      feeMinor: quote.feeMinor - quote.discountMinor,
      isTrial: quote.phase?.isTrial ?? false,
      turn: turnOf(row, catalog, on, snapshot),
      ...methodOf(quote.price),
    },
  ];
}

function methodOf(price: ReturnType<typeof priceOf>["price"]) {
  return {
    chargeMethod: price?.chargeMethod ?? "monthly",
    periodMonths: price?.periodMonths ?? 1,
    maxCharges: price?.maxCharges ?? null,
  };
}
