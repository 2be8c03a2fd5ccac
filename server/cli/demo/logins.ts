import { type CreateUserInput, createUsers } from "@/server/domain/identity";
import type { Role } from "@/server/platform/roles";
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

/** Logins of the staff, and of every subscriber by phone, contract and account number. */
export async function createLogins(town: Town, numbersOf: (home: Home) => readonly [string, string]): Promise<void> {
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
        identifiers: [
          ...(plan.phone ? [{ kind: "phone" as const, value: plan.phone }] : []),
          ...(ownedBy.get(customerId) ?? []).flatMap((home) => {
            const [contract, account] = numbersOf(home);
            return [
              { kind: "contract" as const, value: contract },
              { kind: "account" as const, value: account },
            ];
          }),
        ],
      }),
    ),
  ]);
}
