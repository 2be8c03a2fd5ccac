import { type PublishTariffInput, publishPrice, publishPromoCode, publishTariffs } from "@/server/domain/catalog";
import { addMonths, type Day, dayIn, monthStart, toDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";

const LONG_AGO = toDay("2015-01-01");

type Internet = readonly [code: string, nameRu: string, nameEn: string, mbps: number, feeRubles: number];

const HOMES: readonly Internet[] = [
  ["start-100", "Старт 100", "Start 100", 100, 490],
  ["home-300", "Дом 300", "Home 300", 300, 650],
  ["home-500", "Дом 500", "Home 500", 500, 790],
  ["gigabit", "Гигабит", "Gigabit", 1000, 990],
];
const OFFICES: readonly Internet[] = [
  ["business-100", "Бизнес 100", "Business 100", 100, 2900],
  ["business-300", "Бизнес 300", "Business 300", 300, 5500],
  ["business-gigabit", "Бизнес Гигабит", "Business Gigabit", 1000, 12_000],
];

const internet = ([code, nameRu, nameEn, mbps, feeRubles]: Internet, group = "internet"): PublishTariffInput => ({
  code,
  nameRu: `«${nameRu}»`,
  nameEn,
  kind: "internet",
  downKbps: mbps * 1000,
  upKbps: mbps * 1000,
  revenueCode: `revenue:${group}`,
  price: { newFrom: LONG_AGO, feeMinor: BigInt(feeRubles) * 100n },
});

const addition = (
  code: string,
  kind: "tv" | "phone" | "option",
  names: readonly [string, string],
  feeRubles: number,
): PublishTariffInput => ({
  code,
  nameRu: names[0],
  nameEn: names[1],
  kind,
  revenueCode: `revenue:${kind}`,
  price: { newFrom: LONG_AGO, feeMinor: BigInt(feeRubles) * 100n },
});

const village = internet(["village-100", "Посёлок 100", "Village 100", 100, 700]);

const TARIFFS: readonly PublishTariffInput[] = [
  ...HOMES.map((home) => internet(home)),
  ...OFFICES.map((office) => internet(office, "internet-business")),
  { ...internet(["people-50", "Народный 50", "People 50", 50, 390]), isPublic: false },
  { ...village, price: { ...village.price, prorationStart: "none" } },
  addition("tv-180", "tv", ["ТВ 180 каналов", "TV, 180 channels"], 250),
  addition("phone-city", "phone", ["Городской телефон", "City phone"], 180),
  addition("router", "option", ["Роутер в аренду", "Rented router"], 90),
  addition("static-address", "option", ["Постоянный адрес", "Static address"], 150),
  {
    ...addition("antivirus", "option", ["Антивирус для семьи", "Family antivirus"], 99),
    price: {
      newFrom: LONG_AGO,
      feeMinor: 99_00n,
      phases: [{ position: 1, months: 1, feeMinor: 0n, isTrial: true }],
    },
  },
  {
    ...addition("turbo-day", "option", ["Турбо на сутки", "Turbo for a day"], 50),
    boostHours: 24,
    downKbps: 900_000,
    upKbps: 900_000,
    price: { newFrom: LONG_AGO, feeMinor: 50_00n, chargeMethod: "one_off" },
  },
];

export type TariffCode = string;
export type Tariffs = ReadonlyMap<TariffCode, string>;

/** Publishes the operator's tariffs and a promo code for newcomers. Answers the tariffs' ids by code. */
export async function publishCatalog(ctx: Context): Promise<Tariffs> {
  const published = await publishTariffs(ctx, TARIFFS);
  await publishPromoCode(ctx, { code: "УЗЕЛ-10", percentBp: 1_000, months: 3, validFrom: dayIn(ctx.now(), ctx.zone) });
  return new Map(TARIFFS.map((tariff, index) => [tariff.code, published[index]?.tariffId ?? ""]));
}

export interface PriceRise {
  /** The day the operator announces it. */
  readonly announcedOn: Day;
  readonly code: TariffCode;
  readonly newFrom: Day;
  readonly existingFrom: Day;
  readonly feeMinor: bigint;
}

/** One rise that everyone pays by now, and one that so far only new subscribers pay. */
export function priceRises(start: Day, today: Day): PriceRise[] {
  const month = (from: Day, count: number) => addMonths(monthStart(from), count);
  return [
    {
      announcedOn: month(start, 4),
      code: "home-300",
      newFrom: month(start, 5),
      existingFrom: month(start, 7),
      feeMinor: 690_00n,
    },
    {
      announcedOn: month(start, 4),
      code: "start-100",
      newFrom: month(start, 5),
      existingFrom: month(start, 7),
      feeMinor: 520_00n,
    },
    {
      announcedOn: month(today, -1),
      code: "home-500",
      newFrom: month(today, 0),
      existingFrom: month(today, 2),
      feeMinor: 850_00n,
    },
  ];
}

export async function announce(ctx: Context, tariffs: Tariffs, { code, newFrom, existingFrom, feeMinor }: PriceRise) {
  const tariffId = tariffs.get(code) ?? "";
  await publishPrice(ctx, { tariffId, newFrom, existingFrom, feeMinor });
}
