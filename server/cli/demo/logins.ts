import { type CreateUserInput, createUsers } from "@/server/domain/identity";
import type { Role } from "@/server/platform/roles";
import { accountNumber, contractNumber } from "./arrivals";
import type { Plan } from "./population";
import { SHORT_PHONE, STEADY_PHONE } from "./stories";
import type { Home, Town } from "./town";

/** One password for everyone in the demo, easy to remember and to type on a phone. */
export const DEMO_PASSWORD = "uzel-demo";

export interface DemoLogin {
  readonly role: Role;
  readonly login: string;
  readonly password: string;
  readonly who: string;
}

const staff = (role: Exclude<Role, "subscriber">, login: string, who: string): DemoLogin => ({
  role,
  login,
  password: DEMO_PASSWORD,
  who,
});

const STAFF: readonly DemoLogin[] = [
  staff("support_agent", "support@demo.uzel", "Ольга Быкова"),
  staff("support_lead", "lead@demo.uzel", "Дмитрий Шестаков"),
  staff("billing_operator", "billing@demo.uzel", "Наталья Рожкова"),
  staff("product_manager", "product@demo.uzel", "Кирилл Ощепков"),
  staff("manager", "manager@demo.uzel", "Елена Томилова"),
  staff("admin", "admin@demo.uzel", "Павел Ситников"),
];

/** One login per role, with the two subscribers of the stories: active with money, and closed for 500 rubles. */
export const demoLogins: readonly DemoLogin[] = [
  { role: "subscriber", login: STEADY_PHONE, password: DEMO_PASSWORD, who: "Марина Соколова: всё работает" },
  { role: "subscriber", login: SHORT_PHONE, password: DEMO_PASSWORD, who: "Игорь Плотников: не хватает 500 ₽" },
  ...STAFF,
];

type Identifiers = CreateUserInput["identifiers"];

/** All that a subscriber may sign in by: phone, e-mail, and the numbers of every contract and account of theirs. */
export function identifiersOf(
  { phone, email }: Pick<Plan, "phone" | "email">,
  owned: readonly Pick<Home, "plan" | "place">[],
): Identifiers {
  return [
    ...(phone ? [{ kind: "phone" as const, value: phone }] : []),
    ...(email ? [{ kind: "email" as const, value: email }] : []),
    ...owned.flatMap(({ plan, place }) => [
      { kind: "contract" as const, value: contractNumber(plan, place) },
      { kind: "account" as const, value: accountNumber(place) },
    ]),
  ];
}

/** Logins of the staff and of every subscriber. */
export async function createLogins(town: Town): Promise<void> {
  const homes = [...town.homes.values()];
  const people = homes.filter((home) => home.plan.secondOf === null);
  const ownedBy = Map.groupBy(homes, (home) => home.customerId);
  await createUsers(town.ctx, [
    ...STAFF.map(
      ({ role, login, password, who }): CreateUserInput => ({
        role,
        displayName: who,
        password,
        identifiers: [{ kind: "email", value: login }],
      }),
    ),
    ...people.map(
      ({ plan, customerId }): CreateUserInput => ({
        role: "subscriber",
        displayName: plan.name,
        customerId,
        password: DEMO_PASSWORD,
        identifiers: identifiersOf(plan, ownedBy.get(customerId) ?? []),
      }),
    ),
  ]);
}
