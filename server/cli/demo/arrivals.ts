import { openAccounts, registerSubscribers } from "@/server/domain/crm";
import { startSubscriptions } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import type { Plan } from "./population";
import { type Home, type Promised, type Town, tariffId } from "./town";

const FIRST_NUMBER = 100_200;

export const accountNumber = (place: number) => String(FIRST_NUMBER + place * 3);
export const contractNumber = (plan: Plan, place: number) => `УТ-${plan.openedOn.slice(2, 4)}-${FIRST_NUMBER + place}`;

/** Takes on everyone whose day it is, with what they signed for. Their first charge is the caller's business. */
export async function arrive(town: Town, day: Day): Promise<Home[]> {
  const places = town.plans.flatMap((plan, place) => (plan.arrivesOn === day ? [place] : []));
  if (places.length === 0) return [];
  const [first, second] = [
    places.filter((place) => town.plans[place]?.secondOf === null),
    places.filter((place) => town.plans[place]?.secondOf !== null),
  ];
  const homes = [...(await takeOn(town, first)), ...(await addAccounts(town, second))];
  await sign(
    town,
    homes.flatMap((home) =>
      [home.plan.tariff, ...home.plan.additions].map((code, index) => ({
        home,
        code,
        startedOn: home.plan.openedOn,
        personalFeeMinor: index === 0 ? home.plan.personalFeeMinor : null,
      })),
    ),
  );
  return homes;
}

function planAt(town: Town, place: number): Plan {
  const plan = town.plans[place];
  if (!plan) throw new Error(`nobody is planned at ${place}`);
  return plan;
}

async function takeOn(town: Town, places: readonly number[]): Promise<Home[]> {
  const registered = await registerSubscribers(
    town.ctx,
    places.map((place) => {
      const { kind, name, phone, email, inn, openedOn, anchorDay, creditLimitMinor, address } = planAt(town, place);
      return {
        ...{ kind, name, phone, email, inn, openedOn, anchorDay, creditLimitMinor, address },
        contractNumber: contractNumber(planAt(town, place), place),
        accountNumber: accountNumber(place),
      };
    }),
  );
  return places.map((place, index) => settle(town, place, registered[index]));
}

async function addAccounts(town: Town, places: readonly number[]): Promise<Home[]> {
  const opened = await openAccounts(
    town.ctx,
    places.map((place) => {
      const { openedOn, anchorDay, creditLimitMinor, address, secondOf } = planAt(town, place);
      return {
        ...{ openedOn, anchorDay, creditLimitMinor, address },
        customerId: town.homes.get(secondOf ?? -1)?.customerId ?? "",
        contractNumber: contractNumber(planAt(town, place), place),
        accountNumber: accountNumber(place),
      };
    }),
  );
  return places.map((place, index) => settle(town, place, opened[index]));
}

function settle(town: Town, place: number, made: { customerId: string; accountId: string } | undefined): Home {
  if (!made) throw new Error("the verb answered fewer accounts than were asked for");
  const { customerId, accountId } = made;
  const home: Home = {
    place,
    plan: planAt(town, place),
    customerId,
    accountId,
    promises: [],
    blockId: null,
    gone: false,
  };
  town.homes.set(place, home);
  town.byAccount.set(accountId, home);
  return home;
}

export interface Signed {
  readonly home: Home;
  readonly code: string;
  readonly startedOn: Day;
  readonly personalFeeMinor: bigint | null;
}

/** Starts subscriptions of any number of homes and remembers them. */
export async function sign(town: Town, signed: readonly Signed[]): Promise<void> {
  const started = await startSubscriptions(
    town.ctx,
    signed.map(({ home, code, startedOn, personalFeeMinor }) => ({
      accountId: home.accountId,
      tariffId: tariffId(town, code),
      startedOn,
      personalFeeMinor,
    })),
  );
  for (const [index, { home, code, startedOn, personalFeeMinor }] of signed.entries()) {
    const promised: Promised = {
      accountId: home.accountId,
      id: started[index]?.subscriptionId ?? "",
      tariffId: tariffId(town, code),
      quantity: 1,
      startedOn,
      endedOn: null,
      term: 0,
      termFrom: null,
      billedFrom: null,
      personalPrices:
        personalFeeMinor === null ? [] : [{ validFrom: startedOn, validTo: null, feeMinor: personalFeeMinor }],
    };
    home.promises.push(promised);
  }
}
