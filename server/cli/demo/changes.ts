import { agreePersonalPrice, endSubscription, liftBlock, placeBlock } from "@/server/domain/subscriptions";
import { addMonths, type Day } from "@/server/kernel/day";
import { periodHolding } from "@/server/kernel/period";
import { sign } from "./arrivals";
import { announce, type PriceRise } from "./catalog";
import { payTomorrow } from "./money";
import { letGoOn } from "./payers";
import { type Home, rereadCatalog, runningOn, type Town, tariffId } from "./town";

const periodEnd = (home: Home, day: Day) => periodHolding(day, home.plan.anchorDay).end;

/** Everything besides arriving and paying that the plans hold for a day. Answers the accounts to charge afterwards. */
export async function change(town: Town, day: Day, rises: readonly PriceRise[]): Promise<string[]> {
  for (const rise of rises.filter((one) => one.announcedOn === day)) {
    await announce(town.ctx, town.tariffs, rise);
    await rereadCatalog(town);
  }
  const touched: string[] = [];
  for (const home of town.homes.values()) {
    if (home.gone) continue;
    if (await leave(town, home, day)) {
      touched.push(home.accountId);
      continue;
    }
    if (await block(town, home, day)) touched.push(home.accountId);
    if (await agree(town, home, day)) touched.push(home.accountId);
  }
  return touched;
}

async function leave(town: Town, home: Home, day: Day): Promise<boolean> {
  const { leaves, stopsPayingOn } = home.plan;
  if (leaves?.on === day) {
    // Most give notice and stay to the end of what they paid for.
    const atOnce = town.closed.has(home.accountId) || (leaves.reason === "moved" && home.place % 2 === 0);
    const endedOn = atOnce ? day : periodEnd(home, day);
    await end(town, home, runningOn(home, day), endedOn, leaves.reason);
  } else if (stopsPayingOn && letGoOn(stopsPayingOn, home.place) === day) {
    await end(town, home, runningOn(home, day), day, "debt");
  } else return false;
  home.gone = true;
  town.closed.delete(home.accountId);
  return true;
}

async function end(
  town: Town,
  home: Home,
  promises: ReturnType<typeof runningOn>,
  endedOn: Day,
  reason: "left" | "moved" | "debt" | "replaced",
): Promise<void> {
  for (const promised of promises) {
    const lastDay = endedOn > promised.startedOn ? endedOn : promised.startedOn;
    await endSubscription(town.ctx, {
      accountId: home.accountId,
      subscriptionId: promised.id,
      endedOn: lastDay,
      reason,
    });
    promised.endedOn = lastDay;
  }
}

/** The plan's one block: the subscriber's own pause, or an order. True when one was lifted and charging may go on. */
async function block(town: Town, home: Home, day: Day): Promise<boolean> {
  const { pause, ordered } = home.plan;
  const planned = pause ?? ordered;
  if (!planned) return false;
  const { accountId } = home;
  if (planned.from === day && !town.closed.has(accountId)) {
    const placed = await placeBlock(town.ctx, {
      accountId,
      reason: pause ? "voluntary" : "administrative",
      note: ordered?.note ?? null,
    });
    home.blockId = placed.blockId;
  } else if (planned.until === day && home.blockId) {
    await liftBlock(town.ctx, { accountId, blockId: home.blockId });
    home.blockId = null;
    payTomorrow(town, home, day);
    return true;
  }
  return false;
}

/** Another tariff from the next period, one more service from today, a price of one's own for half a year. */
async function agree(town: Town, home: Home, day: Day): Promise<boolean> {
  const { moves, adds, discount } = home.plan;
  if (town.closed.has(home.accountId)) return false;
  const next = periodEnd(home, day);
  const [main] = home.promises;
  if (moves?.on === day && main && !main.endedOn) {
    await end(town, home, [main], next, "replaced");
    await sign(town, [{ home, code: moves.to, startedOn: next, personalFeeMinor: null }]);
  } else if (adds?.on === day && !home.promises.some((one) => one.tariffId === tariffId(town, adds.code))) {
    await sign(town, [{ home, code: adds.code, startedOn: day, personalFeeMinor: null }]);
    return true;
  } else if (discount?.on === day && main) {
    const price = { validFrom: next, validTo: addMonths(next, discount.months), feeMinor: discount.feeMinor };
    await agreePersonalPrice(town.ctx, { accountId: home.accountId, subscriptionId: main.id, ...price });
    main.personalPrices = [...main.personalPrices, price];
  }
  return false;
}
