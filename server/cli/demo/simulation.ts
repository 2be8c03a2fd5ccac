import { setUpOperator } from "@/server/domain/crm";
import { addDays, addMonths, type Day, dayIn, daysBetween, monthStart } from "@/server/kernel/day";
import { periodHolding } from "@/server/kernel/period";
import { ensurePartitions } from "@/server/platform/partitions";
import { withTransaction } from "@/server/platform/transaction";
import { arrive } from "./arrivals";
import { type PriceRise, priceRises, publishCatalog } from "./catalog";
import { change } from "./changes";
import { bringBalances, payOnArrival, payOnDay, planPayments } from "./money";
import { planPopulation } from "./population";
import { planReminders, sendReminders } from "./reminders";
import { bill, clockedContext, type Home, issueDocuments, rereadCatalog, type Town, type TownOf } from "./town";

export const MONTHS = 14;
const OPERATOR = { name: "ООО «Узел Телеком»", inn: "5904118837" };
const [NIGHT, MORNING] = [20, 10 * 60];

/** Founds the operator and lives every day up to the real now through its own verbs. */
export async function liveThrough(of: TownOf, onDay: (day: Day, done: number, total: number) => void): Promise<Town> {
  const town = await found(of);
  const rises = priceRises(town.start, town.today);
  const total = daysBetween(town.start, town.today) + 1;
  for (let done = 0; done < total; done += 1) {
    const day = addDays(town.start, done);
    onDay(day, done, total);
    // One commit a day: the verbs of a day join it.
    await withTransaction(town.ctx, async (tx) => {
      const within = { ...town, ctx: tx };
      await liveDay(within, day, rises);
      town.catalog = within.catalog;
    });
  }
  return town;
}

async function found(of: TownOf): Promise<Town> {
  const today = dayIn(of.realNow, of.zone);
  const start = addMonths(monthStart(today), -MONTHS);
  const { ctx, travelTo } = clockedContext(of, start);
  await ensurePartitions(ctx, addMonths(start, -1), addMonths(today, 4));
  await setUpOperator(ctx, { ...OPERATOR, zone: of.zone });
  const town: Town = {
    ...{ ctx, travelTo, start, today },
    chance: of.story,
    tariffs: await publishCatalog(ctx),
    plans: planPopulation(of.story, start, today),
    homes: new Map(),
    byAccount: new Map(),
    calendar: new Map(),
    closed: new Set(),
    catalog: { tariffs: new Map(), bundles: [], vatRates: [] },
  };
  await rereadCatalog(town);
  return town;
}

/** Night: who is due is charged, and who is short is to be told. Morning: they are; people come, change, go. Then the day's payers, at another hour each day. */
async function liveDay(town: Town, day: Day, rises: readonly PriceRise[]): Promise<void> {
  town.travelTo(day, NIGHT);
  const starting = [...town.homes.values()].filter(
    (home) => !home.gone && periodHolding(day, home.plan.anchorDay).start === day,
  );
  await bill(town, accountsOf(starting, triesClosed(town, day) ? town.closed : []));
  planPayments(town, starting, day);
  await planReminders(town, day);
  if (day.endsWith("-01") && day > town.start) await issueDocuments(town, addMonths(day, -1).slice(0, 7));

  town.travelTo(day, MORNING);
  await sendReminders(town, day);
  const arrived = await arrive(town, day);
  const touched = await change(town, day, rises);
  if (day === town.start) await bringBalances(town, arrived, day);
  else if (arrived.length > 0) await payOnArrival(town, arrived, day);
  await bill(town, [...touched, ...arrived.map((home) => home.accountId)]);
  planPayments(town, arrived, day);

  town.travelTo(day, town.chance.between(11 * 60, 21 * 60));
  const paid = await payOnDay(town, day);
  await bill(
    town,
    paid.filter((accountId) => town.closed.has(accountId)),
  );
}

/** The fee of what is left of a month shrinks by the day until the money suffices; of old months a look now and then will do. */
function triesClosed(town: Town, day: Day): boolean {
  return day > addDays(town.today, -10) || Number(day.slice(8)) % 4 === 0;
}

function accountsOf(homes: readonly Home[], closed: Iterable<string>): string[] {
  return [...new Set([...homes.map((home) => home.accountId), ...closed])];
}
