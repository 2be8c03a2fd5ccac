import type { Chance } from "./chance";

interface Town {
  readonly city: string;
  readonly share: number;
  readonly streets: readonly string[];
}

/** The operator's town and two satellites; houses of a street are few, so that neighbours share one. */
const TOWNS: readonly Town[] = [
  {
    city: "Пермь",
    share: 68,
    streets: [
      "ул. Ленина",
      "ул. Екатерининская",
      "ул. Пушкина",
      "ул. Петропавловская",
      "ул. Революции",
      "ул. Крисанова",
      "ул. Попова",
      "ул. Мира",
      "ул. Стахановская",
      "ул. Карпинского",
      "ул. Снайперов",
      "ул. Баумана",
      "ул. Леонова",
      "ул. Юрша",
      "ул. Уинская",
      "бул. Гагарина",
      "ул. Макаренко",
      "ул. Крупской",
      "шоссе Космонавтов",
      "пр. Декабристов",
      "ул. Строителей",
      "ул. Куйбышева",
      "ул. Вильвенская",
      "ул. Монастырская",
    ],
  },
  {
    city: "Краснокамск",
    share: 19,
    streets: [
      "пр. Мира",
      "ул. Большевистская",
      "ул. Калинина",
      "ул. Энтузиастов",
      "ул. Чапаева",
      "ул. Карла Либкнехта",
      "ул. Комсомольская",
    ],
  },
  {
    city: "Добрянка",
    share: 13,
    streets: ["ул. Победы", "ул. Герцена", "ул. Энергетиков", "пер. Строителей", "ул. Советская", "ул. Лесная"],
  },
];

const HOUSES_OF_A_STREET = 7;

export interface HomeAddress {
  readonly city: string;
  readonly street: string;
  readonly house: string;
  readonly flat: string | null;
}

export function homeAddress(chance: Chance): HomeAddress {
  const town = chance.weighted(TOWNS.map((one) => [one, one.share] as const));
  const street = chance.pick(town.streets);
  const number = 4 + chance.between(0, HOUSES_OF_A_STREET - 1) * 6 + (street.length % 5);
  const house = number % 4 === 0 ? `${number}А` : `${number}`;
  return { city: town.city, street, house, flat: String(chance.between(1, 120)) };
}

/** An office: the same streets, no flat. */
export function officeAddress(chance: Chance): HomeAddress {
  return { ...homeAddress(chance), flat: null };
}
