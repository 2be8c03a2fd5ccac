import type { Db } from "@/db";
import { type PublishTariffInput, publishTariffs } from "@/server/domain/catalog";
import { registerSubscribers, setUpOperator } from "@/server/domain/crm";
import { recordPayments } from "@/server/domain/payments";
import { startSubscriptions } from "@/server/domain/subscriptions";
import { type Day, dayIn, monthStart, startOfDay, toDay } from "@/server/kernel/day";
import { type Actor, type Context, createContext } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import type { Role } from "@/server/platform/roles";

export const ZONE = "Europe/Moscow";

/** A small operator in a test database, under a clock that the test moves. */
export interface World {
  readonly ctx: Context;
  readonly today: () => Day;
  /** Moves the clock to noon of a day in the operator's zone. */
  travelTo(day: string): void;
  as(actor: Actor): Context;
  asStaff(role: Exclude<Role, "subscriber">): Context;
  asSubscriber(customerId: string): Context;
  tariff(input?: TariffOf): Promise<string>;
  subscriber(input: SubscriberOf): Promise<Subscriber>;
  pay(accountId: string, amountMinor: bigint): Promise<void>;
}

export interface TariffOf {
  readonly feeMinor?: bigint;
  readonly code?: string;
  readonly downKbps?: number;
  readonly vatCode?: PublishTariffInput["vatCode"];
  /** Charge method, gate, proration: what differs from a prepaid month. */
  readonly price?: Partial<PublishTariffInput["price"]>;
}

export interface SubscriberOf {
  readonly tariffId?: string;
  readonly personalFeeMinor?: bigint;
  readonly anchorDay?: number;
  readonly creditLimitMinor?: bigint;
  readonly name?: string;
  readonly phone?: string;
}

export interface Subscriber {
  readonly customerId: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly subscriptionId: string;
}

export async function createWorld(db: Db, startsOn: string): Promise<World> {
  let now = noon(startsOn);
  const clock = () => now;
  const as = (actor: Actor) => createContext({ db, actor, zone: ZONE, now: clock });
  const ctx = as({ kind: "job", name: "test" });
  let made = 0;
  await ensurePartitions(
    ctx,
    monthStart(toDay(startsOn)),
    monthStart(dayIn(new Date(now.getTime() + 500 * 86_400_000), ZONE)),
  );
  await setUpOperator(ctx, { name: "ООО «Проверка»", zone: ZONE });
  const world: World = {
    ctx,
    as,
    today: () => dayIn(now, ZONE),
    travelTo: (day) => {
      now = noon(day);
    },
    asStaff: (role) =>
      as({ kind: "user", userId: ctx.newId(), role, name: role, customerId: null, sessionId: null, address: null }),
    asSubscriber: (customerId) =>
      as({
        kind: "user",
        userId: ctx.newId(),
        role: "subscriber",
        name: "",
        customerId,
        sessionId: null,
        address: null,
      }),
    async tariff({ feeMinor = 650_00n, code = `home-${made++}`, downKbps = 300_000, price = {}, vatCode } = {}) {
      const [tariff] = await publishTariffs(ctx, [
        {
          code,
          nameRu: `«${code}»`,
          nameEn: code,
          kind: "internet",
          downKbps,
          upKbps: downKbps,
          revenueCode: "revenue:internet",
          vatCode,
          price: { newFrom: "2020-01-01", feeMinor, ...price },
        },
      ]);
      return present(tariff).tariffId;
    },
    async subscriber({ tariffId, personalFeeMinor, anchorDay, creditLimitMinor, name, phone }) {
      made += 1;
      const accountNumber = `100${made.toString().padStart(4, "0")}`;
      const [person] = await registerSubscribers(ctx, [
        {
          kind: "person",
          name: name ?? `Абонент ${made}`,
          phone: phone ?? `+7912${made.toString().padStart(7, "0")}`,
          contractNumber: `Д-${made}`,
          accountNumber,
          openedOn: world.today(),
          anchorDay,
          creditLimitMinor,
          address: { city: "Пермь", street: "ул. Лесная", house: `${made}`, flat: "1" },
        },
      ]);
      const { accountId, customerId } = present(person);
      const [subscription] = await startSubscriptions(ctx, [
        {
          accountId,
          tariffId: tariffId ?? (await world.tariff()),
          startedOn: world.today(),
          personalFeeMinor: personalFeeMinor ?? null,
        },
      ]);
      return { customerId, accountId, accountNumber, subscriptionId: present(subscription).subscriptionId };
    },
    async pay(accountId, amountMinor) {
      await recordPayments(ctx, [
        { accountId, provider: "office", externalId: ctx.newId(), amountMinor, paidAt: now, bookedOn: world.today() },
      ]);
    },
  };
  return world;
}

function noon(day: string): Date {
  return new Date(startOfDay(toDay(day), ZONE).getTime() + 12 * 3_600_000);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the verb answered nothing");
  return value;
}
