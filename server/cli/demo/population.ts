import type { CustomerKind } from "@/server/domain/crm";
import { addDays, addMonths, type Day, daysBetween } from "@/server/kernel/day";
import { type HomeAddress, homeAddress, officeAddress } from "./addresses";
import type { TariffCode } from "./catalog";
import type { Chance } from "./chance";
import { companyName, innOf, latin, personName } from "./names";
import { STORIES } from "./stories";

/** How somebody pays for the period to come. */
export type Habit = "early" | "ahead" | "late" | "halves" | "invoice";

export interface Interval {
  readonly from: Day;
  /** Null: still so today. */
  readonly until: Day | null;
}

/** One account's life, written before it is lived. */
export interface Plan {
  readonly kind: CustomerKind;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly inn: string | null;
  readonly address: HomeAddress;
  /** Contract's day; may lie years before the books begin. */
  readonly openedOn: Day;
  /** Day this operator's books learn of the account. */
  readonly arrivesOn: Day;
  readonly anchorDay: number;
  readonly creditLimitMinor: bigint;
  readonly tariff: TariffCode;
  readonly additions: readonly TariffCode[];
  readonly personalFeeMinor: bigint | null;
  readonly habit: Habit;
  /** What this payer rounds a payment up to, kopecks. */
  readonly roundToMinor: bigint;
  readonly leaves: { readonly on: Day; readonly reason: "left" | "moved" } | null;
  /** Pays nothing from this day on. */
  readonly stopsPayingOn: Day | null;
  readonly moves: { readonly on: Day; readonly to: TariffCode } | null;
  readonly adds: { readonly on: Day; readonly code: TariffCode } | null;
  readonly discount: { readonly on: Day; readonly feeMinor: bigint; readonly months: number } | null;
  readonly pause: Interval | null;
  readonly ordered: (Interval & { readonly note: string }) | null;
  /** Another account of the customer who stands at this place of the list. */
  readonly secondOf: number | null;
  /** Exact payments instead of a habit: what the last period before today was paid with. */
  readonly lastPaymentMinor: bigint | null;
}

export const COMPANIES = 60;
export const SOLE_TRADERS = 40;
const AT_START = 880;
/** New accounts by calendar month: people move in autumn, not in July. */
const NEW_BY_MONTH = [36, 34, 39, 40, 33, 29, 28, 41, 56, 52, 46, 42];
const SECOND_ACCOUNTS = 24;
const CHURN_A_MONTH = 0.012;
const LAPSE_A_MONTH = 0.009;

const NOTES = [
  "Рассылка спама с адреса абонента",
  "Самовольное подключение соседей",
  "Проверка документов договора",
  "По требованию правообладателя",
  "Повреждение оборудования на узле",
];

/** Everyone who is or was a subscriber between `start` and `today`: the two of the stories come first. */
export function planPopulation(chance: Chance, start: Day, today: Day): Plan[] {
  const days = arrivalDays(chance, start, today);
  const kinds = kindsOf(chance, days.length);
  const counted = { company: 0 };
  const plans = days.map((arrivesOn, index) => {
    const kind = kinds[index] ?? "person";
    const place = kind === "company" ? counted.company++ : 0;
    return planOne(chance, { arrivesOn, kind, place, index, start, today });
  });
  const seconds = Array.from({ length: SECOND_ACCOUNTS }, () => planSecond(chance, plans, start, today));
  return [...STORIES(start), ...plans, ...seconds.map(shiftOwner)];
}

function shiftOwner(plan: Plan): Plan {
  return { ...plan, secondOf: (plan.secondOf ?? 0) + 2 };
}

function arrivalDays(chance: Chance, start: Day, today: Day): Day[] {
  const days: Day[] = Array.from({ length: AT_START }, () => start);
  for (let month = start; month <= today; month = addMonths(month, 1)) {
    const length = daysBetween(month, addMonths(month, 1));
    const count = (NEW_BY_MONTH[Number(month.slice(5, 7)) - 1] ?? 40) + chance.between(-3, 3);
    const drawn = Array.from({ length: count }, () => addDays(month, chance.between(0, length - 1)));
    days.push(...drawn.filter((day) => day > start && day < today));
  }
  days.push(...Array.from({ length: 4 }, () => today));
  return days;
}

function kindsOf(chance: Chance, count: number): CustomerKind[] {
  const kinds: CustomerKind[] = Array.from({ length: count }, () => "person");
  const place = (kind: CustomerKind, wanted: number) => {
    for (let left = wanted; left > 0; ) {
      const at = chance.between(0, count - 5);
      if (kinds[at] !== "person") continue;
      kinds[at] = kind;
      left -= 1;
    }
  };
  place("company", COMPANIES);
  place("sole_trader", SOLE_TRADERS);
  return kinds;
}

interface Newcomer {
  readonly arrivesOn: Day;
  readonly kind: CustomerKind;
  readonly place: number;
  readonly index: number;
  readonly start: Day;
  readonly today: Day;
}

function planOne(chance: Chance, { arrivesOn, kind, place, index, start, today }: Newcomer): Plan {
  const old = arrivesOn === start;
  const openedOn = old ? addDays(start, -chance.between(20, chance.happens(0.3) ? 3200 : 1100)) : arrivesOn;
  const tariff = tariffFor(chance, kind, old);
  const habit = habitFor(chance, kind);
  const ends = endFor(chance, arrivesOn, today, tariff);
  const busy = ends.leaves !== null || ends.stopsPayingOn !== null;
  return {
    ...whoIs(chance, kind, place, index),
    kind,
    address: kind === "person" ? homeAddress(chance) : officeAddress(chance),
    openedOn,
    arrivesOn,
    anchorDay: !old && chance.happens(0.08) ? Number(arrivesOn.slice(8)) : 1,
    creditLimitMinor: creditLimitFor(chance, kind),
    tariff,
    additions: additionsFor(chance, kind),
    personalFeeMinor: kind === "company" && chance.happens(0.35) ? BigInt(chance.between(20, 90)) * 100_00n : null,
    habit,
    roundToMinor: habit === "invoice" ? 1n : chance.pick([1_00n, 10_00n, 50_00n, 50_00n, 100_00n]),
    ...ends,
    ...changesFor(chance, { arrivesOn, today, tariff, busy }),
    secondOf: null,
    lastPaymentMinor: null,
  };
}

function whoIs(chance: Chance, kind: CustomerKind, place: number, index: number) {
  const phone = `+790200${String(10_000 + index * 7).padStart(5, "0")}`;
  if (kind === "company") {
    const name = companyName(chance, place);
    const mailbox = `${latin(name.replace(/^\S+ /, ""))}@company.example`;
    return { name, phone, email: mailbox, inn: innOf(chance, "company") };
  }
  const person = personName(chance);
  const mailbox = `${latin(person.first).slice(0, 1)}.${latin(person.last)}${index}@mail.example`;
  const email = kind === "sole_trader" || chance.happens(0.6) ? mailbox : null;
  return {
    name: kind === "sole_trader" ? `ИП ${person.full}` : person.full,
    phone,
    email,
    inn: kind === "sole_trader" ? innOf(chance, "sole_trader") : null,
  };
}

function tariffFor(chance: Chance, kind: CustomerKind, old: boolean): TariffCode {
  if (kind === "company") {
    return chance.weighted([
      ["business-100", 6],
      ["business-300", 3],
      ["business-gigabit", 1],
    ]);
  }
  if (kind === "sole_trader" && chance.happens(0.5)) return "business-100";
  return chance.weighted([
    ["start-100", 26],
    ["home-300", 34],
    ["home-500", 20],
    ["gigabit", 9],
    ["village-100", 5],
    ["people-50", old ? 14 : 0],
  ]);
}

function habitFor(chance: Chance, kind: CustomerKind): Habit {
  if (kind === "company") return "invoice";
  return chance.weighted([
    ["early", 74],
    ["ahead", 9],
    ["late", 12],
    ["halves", 5],
  ]);
}

function creditLimitFor(chance: Chance, kind: CustomerKind): bigint {
  if (kind === "company") return chance.happens(0.4) ? BigInt(chance.between(3, 15)) * 1000_00n : 0n;
  return chance.happens(0.03) ? 300_00n : 0n;
}

function additionsFor(chance: Chance, kind: CustomerKind): TariffCode[] {
  if (kind === "company")
    return [chance.happens(0.5) ? ["static-address"] : [], chance.happens(0.3) ? ["phone-city"] : []].flat();
  return [
    chance.happens(0.24) ? ["tv-180"] : [],
    chance.happens(0.17) ? ["router"] : [],
    chance.happens(0.04) ? ["phone-city"] : [],
  ].flat();
}

/** The month this account goes, if it goes: by its own will, or because it is not paid for any more. */
function endFor(
  chance: Chance,
  arrivesOn: Day,
  today: Day,
  tariff: TariffCode,
): Pick<Plan, "leaves" | "stopsPayingOn"> {
  const weight = tariff === "people-50" ? 1.7 : tariff.startsWith("business") ? 0.5 : 1;
  for (let month = addMonths(arrivesOn, 1); month < today; month = addMonths(month, 1)) {
    const on = addDays(month, chance.between(0, 27));
    if (on >= today) break;
    if (chance.happens(CHURN_A_MONTH * weight)) {
      const reason = chance.weighted([["left", 6] as const, ["moved", 4] as const]);
      return { leaves: { on, reason }, stopsPayingOn: null };
    }
    if (chance.happens(LAPSE_A_MONTH * weight)) return { leaves: null, stopsPayingOn: on };
  }
  return { leaves: null, stopsPayingOn: null };
}

interface Ground {
  readonly arrivesOn: Day;
  readonly today: Day;
  readonly tariff: TariffCode;
  readonly busy: boolean;
}

const FASTER: Readonly<Record<TariffCode, TariffCode>> = {
  "people-50": "start-100",
  "start-100": "home-300",
  "home-300": "home-500",
  "home-500": "gigabit",
};

/** At most one thing that happens on the way; whoever leaves has no other plans. */
function changesFor(chance: Chance, { arrivesOn, today, tariff, busy }: Ground) {
  const none = { moves: null, adds: null, discount: null, pause: null, ordered: null };
  const length = daysBetween(arrivesOn, today) - 40;
  if (busy || length < 30) return none;
  const on = addDays(arrivesOn, chance.between(20, length));
  const faster = FASTER[tariff];
  const what = chance.weighted([
    ["nothing", 78] as const,
    ["moves", faster ? 9 : 0] as const,
    ["adds", 5] as const,
    ["discount", tariff.startsWith("business") ? 0 : 3] as const,
    ["pause", 5] as const,
    ["ordered", 1] as const,
  ]);
  switch (what) {
    case "moves":
      return { ...none, moves: { on, to: faster ?? tariff } };
    case "adds":
      return { ...none, adds: { on, code: chance.pick(["tv-180", "router"]) } };
    case "discount":
      return { ...none, discount: { on, feeMinor: BigInt(chance.between(8, 12)) * 50_00n, months: 6 } };
    case "pause":
      return { ...none, pause: intervalFrom(chance, on, today, 14, 90) };
    case "ordered":
      return { ...none, ordered: { ...intervalFrom(chance, on, today, 5, 40), note: chance.pick(NOTES) } };
    default:
      return none;
  }
}

/** One of four that began within the last months is still open. */
function intervalFrom(chance: Chance, on: Day, today: Day, shortest: number, longest: number): Interval {
  const recent = daysBetween(on, today) < 130;
  const from = recent && chance.happens(0.6) ? addDays(today, -chance.between(2, 25)) : on;
  const until = addDays(from, chance.between(shortest, longest));
  return { from, until: until < today ? until : null };
}

/** A second flat of a person, a second office of a company. */
function planSecond(chance: Chance, plans: readonly Plan[], start: Day, today: Day): Plan {
  const owner = chance.between(0, AT_START - 1);
  const first = plans[owner];
  if (!first) throw new Error("there is nobody to give a second account to");
  const arrivesOn = addDays(start, chance.between(40, daysBetween(start, today) - 20));
  const plan = planOne(chance, { arrivesOn, kind: first.kind, place: 0, index: 0, start, today });
  const { name, phone, email, inn } = first;
  return { ...plan, name, phone, email, inn, anchorDay: 1, secondOf: owner };
}
