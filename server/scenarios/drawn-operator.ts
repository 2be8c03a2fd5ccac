import type { TestDatabase } from "@/db/testing/database";
import { publishBundle } from "@/server/domain/catalog";
import { registerSubscribers } from "@/server/domain/crm";
import { addIdentifier, storeRecords } from "@/server/domain/metering";
import { recordPayments } from "@/server/domain/payments";
import { billAccounts, changeTariff } from "@/server/domain/runs";
import { agreeDiscount, beginSuspension, placeBlock, startSubscriptions } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import { ensurePartitions } from "@/server/platform/partitions";
import { createWorld, type World, ZONE } from "./world";

/** mulberry32: the same seed is the same story. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Roll = ReturnType<typeof dice>;
type Sold = { readonly accountId: string; readonly subscriptionId: string; readonly tariffId: string };

const september = (roll: Roll) => `2026-09-${twoDigits(1 + roll(28))}`;
const october = (from: number, roll: Roll, spread: number) => `2026-10-${twoDigits(from + roll(spread))}`;
const twoDigits = (count: number) => count.toString().padStart(2, "0");

/**
 * An operator with every charge method and gate, usage, postpaid, bundles, discounts, pauses of subscribers and blocks of one
 * subscription, changes that wait and changes made at once; some without money, some on a price of their own. It stands on
 * 10 November with all that happened since September, of which some was charged on 1 October and with changes made at once. The
 * same for the same seed.
 */
export async function drawnOperator(database: TestDatabase, seed: number, size: number): Promise<World> {
  const roll = dice(seed);
  const world = await createWorld(database.db, "2026-09-01");
  // A period of somebody's own day may have begun in the month before.
  await ensurePartitions(world.ctx, "2026-07-01" as Day, "2026-08-31" as Day);
  const fees = [
    await world.tariff({ code: "monthly" }),
    await world.tariff({ code: "daily", price: { chargeMethod: "daily" } }),
    await world.tariff({ code: "anniversary", price: { chargeMethod: "anniversary" } }),
    await world.tariff({ code: "arrears", price: { chargeMethod: "arrears", moneyGate: "always" } }),
    await world.tariff({ code: "postpaid", price: { moneyGate: "always" } }),
    await world.tariff({ code: "limit", price: { moneyGate: "to_limit" } }),
    await world.tariff({ code: "once", feeMinor: 333_33n, price: { chargeMethod: "one_off" } }),
  ];
  const phones = [await phoneTariff(world, "phone", "always"), await phoneTariff(world, "prepaid-phone", "if_enough")];
  const bundled = [await world.tariff({ code: "together-a" }), await world.tariff({ code: "together-b" })] as const;
  await publishBundle(world.asStaff("product_manager"), {
    ...{ code: "together", nameRu: "Вместе", nameEn: "Together", validFrom: world.today() },
    parts: bundled.map((tariffId, place) => ({ tariffId, discountBp: 1_000 + place * 2_500 })),
  });
  const accountIds = await people(world, roll, size);
  const sold = await sellTo(world, roll, accountIds, [...fees, ...phones], bundled);
  await recordPayments(
    world.ctx,
    accountIds.map((accountId, index) => ({
      accountId,
      amountMinor: roll(6) === 0 ? BigInt(1 + roll(200_00)) : 2_500_00n,
      ...{ provider: "office" as const, externalId: `p-${index}`, paidAt: world.ctx.now(), bookedOn: world.today() },
    })),
  );
  await discount(world, roll, sold);
  world.travelTo("2026-09-29");
  await pause(world, roll, sold);
  await change(world, roll, sold, fees, "next_period", 10);
  world.travelTo("2026-10-01");
  // Some are charged before their pauses begin: those days are to come back.
  await billAccounts(world.ctx, { accountIds: accountIds.filter(() => roll(3) === 0) });
  world.travelTo("2026-10-10");
  await change(world, roll, sold, fees, "now", 30);
  world.travelTo("2026-11-10");
  const spoken = sold.filter(({ tariffId }) => phones.includes(tariffId));
  await speak(world, roll, spoken);
  return world;
}

const phoneTariff = (world: World, code: string, moneyGate: "always" | "if_enough") =>
  world.tariff({
    code,
    feeMinor: 0n,
    price: {
      ...{ chargeMethod: "usage", moneyGate },
      usagePricing: {
        meters: [
          {
            ...{ meter: "call", nameRu: "Звонки", nameEn: "Calls", unit: "minute", pricer: "package" },
            ...{ packageUnits: "100", packageMinor: "20000", rolloverPeriods: 1, beyond: { priceMinor: "250" } },
          },
        ],
      },
    },
  });

async function people(world: World, roll: Roll, size: number): Promise<string[]> {
  const registered = await registerSubscribers(
    world.ctx,
    Array.from({ length: size }, (_, index) => ({
      kind: roll(12) === 0 ? ("company" as const) : ("person" as const),
      name: `Абонент ${index}`,
      phone: `+7912${index.toString().padStart(7, "0")}`,
      contractNumber: `Д-${index}`,
      accountNumber: `9${index.toString().padStart(5, "0")}`,
      openedOn: world.today(),
      anchorDay: roll(3) === 0 ? 1 + roll(31) : 1,
      creditLimitMinor: roll(10) === 0 ? 300_00n : 0n,
      address: { city: "Пермь", street: "ул. Лесная", house: `${index}`, flat: "1" },
    })),
  );
  return registered.map(({ accountId }) => accountId);
}

async function sellTo(
  world: World,
  roll: Roll,
  accountIds: readonly string[],
  tariffs: readonly string[],
  bundled: readonly [string, string],
): Promise<Sold[]> {
  const orders = accountIds.flatMap((accountId) => {
    const tariffIds =
      roll(8) === 0
        ? bundled
        : Array.from({ length: 1 + (roll(3) === 0 ? 1 : 0) }, () => tariffs[roll(tariffs.length)] ?? "");
    return tariffIds.map((tariffId) => ({
      ...{ accountId, tariffId, startedOn: september(roll) },
      endedOn: roll(12) === 0 ? october(5, roll, 20) : null,
      personalFeeMinor: roll(8) === 0 ? BigInt(100_00 + roll(500_00)) : null,
    }));
  });
  const started = await startSubscriptions(world.ctx, orders);
  return started.map((one, place) => ({ ...one, tariffId: orders[place]?.tariffId ?? "" }));
}

async function discount(world: World, roll: Roll, sold: readonly Sold[]): Promise<void> {
  for (const { accountId, subscriptionId } of sold.filter(() => roll(12) === 0)) {
    const size =
      roll(2) === 0 ? { percentBp: 100 * (1 + roll(40)) } : { subscriptionId, amountMinor: BigInt(1 + roll(150_00)) };
    await agreeDiscount(world.asStaff("support_lead"), {
      ...{ accountId, requestKey: world.ctx.newId(), label: "За ожидание", ...size },
      ...{ validFrom: world.today(), validTo: roll(2) === 0 ? "2026-11-01" : null },
    });
  }
}

/** The subscriber's own pause, and blocks of one subscription by the operator, some of which have no end. */
async function pause(world: World, roll: Roll, sold: readonly Sold[]): Promise<void> {
  for (const { accountId } of sold.filter(() => roll(14) === 0)) {
    const from = 1 + roll(15);
    const pauseOf = { fromOn: `2026-10-${twoDigits(from)}`, untilOn: `2026-10-${twoDigits(from + 7 + roll(8))}` };
    await unlessRefused(() => beginSuspension(world.ctx, { accountId, ...pauseOf }));
  }
  for (const { accountId, subscriptionId } of sold.filter(() => roll(20) === 0)) {
    await placeBlock(world.asStaff("support_agent"), {
      ...{ accountId, subscriptionId, reason: "administrative" },
      ...{ fromOn: october(3, roll, 10), untilOn: roll(3) === 0 ? null : october(14, roll, 15) },
    });
  }
}

async function change(
  world: World,
  roll: Roll,
  sold: readonly Sold[],
  tariffs: readonly string[],
  when: "now" | "next_period",
  oneOf: number,
): Promise<void> {
  for (const { accountId, subscriptionId } of sold.filter(() => roll(oneOf) === 0)) {
    const toTariffId = tariffs[roll(tariffs.length)] ?? "";
    await unlessRefused(() => changeTariff(world.ctx, { accountId, subscriptionId, toTariffId, when }));
  }
}

/** A refusal by name is a story too: the same for the same seed. */
async function unlessRefused(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isDomainError(error) || error.kind !== "precondition") throw error;
  }
}

/** Calls of October, each known by its number of the source. */
async function speak(world: World, roll: Roll, spoken: readonly Sold[]): Promise<void> {
  const records = [];
  for (const [place, { accountId, subscriptionId }] of spoken.entries()) {
    const value = `+7342${(5_000_000 + place).toString()}`;
    await addIdentifier(world.ctx, { accountId, subscriptionId, kind: "phone", value, validFrom: "2026-09-01" });
    for (let call = 0; call < 1 + roll(3); call += 1) {
      const day = october(1, roll, 31) as Day;
      records.push({
        ...{ recordId: `${place}-${call}`, digest: "first", raw: {}, label: null },
        read: {
          ...{ identifierKind: "phone" as const, identifier: value, meter: "call", measure: "second" as const, day },
          ...{ occurredAt: new Date(startOfDay(day, ZONE).getTime() + roll(86_400) * 1_000) },
          units: BigInt(60 + roll(9_000)),
        },
      });
    }
  }
  await storeRecords(world.ctx, records, { source: "switch" });
}
