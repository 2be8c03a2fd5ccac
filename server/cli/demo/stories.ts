import { addDays, type Day } from "@/server/kernel/day";
import type { Plan } from "./population";

const NOBODYS_PLANS = {
  kind: "person",
  inn: null,
  anchorDay: 1,
  creditLimitMinor: 0n,
  personalFeeMinor: null,
  leaves: null,
  stopsPayingOn: null,
  moves: null,
  adds: null,
  discount: null,
  pause: null,
  ordered: null,
  secondOf: null,
} as const;

export const STEADY_PHONE = "+79020000001";
export const SHORT_PHONE = "+79020000002";

/** What the second of them put on the account for the present period: 200 of 700, so 500 are missing. */
const SHORT_PAID_MINOR = 200_00n;

/**
 * The two subscribers whom a visitor signs in as: one for whom everything is in order, and one whose money did not
 * suffice. The tariff of the second costs the whole fee even for a part of a month, so what is missing stays 500 rubles
 * on whatever day the demo is opened.
 */
export const STORIES = (start: Day): Plan[] => [
  {
    ...NOBODYS_PLANS,
    name: "Соколова Марина Андреевна",
    phone: STEADY_PHONE,
    email: "marina.sokolova@mail.example",
    address: { city: "Пермь", street: "ул. Екатерининская", house: "88", flat: "41" },
    openedOn: addDays(start, -412),
    arrivesOn: start,
    tariff: "home-500",
    additions: ["tv-180"],
    habit: "ahead",
    roundToMinor: 100_00n,
    lastPaymentMinor: null,
  },
  {
    ...NOBODYS_PLANS,
    name: "Плотников Игорь Викторович",
    phone: SHORT_PHONE,
    email: "igor.plotnikov@mail.example",
    address: { city: "Краснокамск", street: "ул. Калинина", house: "12", flat: "7" },
    openedOn: addDays(start, -96),
    arrivesOn: start,
    tariff: "village-100",
    additions: [],
    habit: "early",
    roundToMinor: 1_00n,
    lastPaymentMinor: SHORT_PAID_MINOR,
  },
];
