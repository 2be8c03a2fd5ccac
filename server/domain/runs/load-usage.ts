import type { Catalog } from "@/server/domain/catalog";
import { listMeteredSubscriptions, loadRecords } from "@/server/domain/metering";
import { type SubscriptionUsage, usageSpans } from "@/server/domain/rating";
import { addDays, type Day, earlierDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { listChargedLines } from "./list-charged-lines";

/** The period before one that began at most a month ago, and the one before that, whose rest it begins with. */
const THREE_MONTHS_DAYS = 93;

const NONE: ReadonlyMap<string, readonly SubscriptionUsage[]> = new Map();

/**
 * What charging has to know of usage, by account: records of spans that are over and have something new, and the lines there
 * are. Costs nothing while no tariff charges usage.
 */
export async function loadUsage(
  ctx: Context,
  accountIds: readonly string[],
  catalog: Catalog,
  today: Day,
): Promise<ReadonlyMap<string, readonly SubscriptionUsage[]>> {
  const tariffIds = [...catalog.tariffs.values()]
    .filter((tariff) => tariff.prices.some((price) => price.chargeMethod === "usage"))
    .map((tariff) => tariff.id);
  if (tariffIds.length === 0) return NONE;
  const since = addDays(today, -THREE_MONTHS_DAYS);
  const metered = await listMeteredSubscriptions(ctx, { accountIds, tariffIds, since, today });
  if (metered.length === 0) return NONE;
  const spans = metered.flatMap(({ life, firstNew }) =>
    firstNew === null
      ? []
      : usageSpans(life, firstNew, today).map(({ from, to }) => ({
          accountId: life.accountId,
          subscriptionId: life.subscriptionId,
          from,
          to,
        })),
  );
  const oldest = metered.reduce(
    (day, { firstNew }) => (firstNew ? earlierDay(day, addDays(firstNew, -62)) : day),
    since,
  );
  const [loaded, lines] = await Promise.all([
    loadRecords(ctx, spans),
    listChargedLines(ctx, [...new Set(metered.map(({ life }) => life.accountId))], oldest, "usage"),
  ]);
  const linesOf = Map.groupBy(
    lines.flatMap(({ detail, ...line }) => (detail?.usage ? [{ ...line, usage: detail.usage }] : [])),
    (line) => line.subscriptionId,
  );
  const usedOf = Map.groupBy(loaded, (span) => span.subscriptionId);
  return Map.groupBy(
    metered.map(({ life, firstNew }) => ({
      life,
      firstNew,
      used: usedOf.get(life.subscriptionId) ?? [],
      lines: linesOf.get(life.subscriptionId) ?? [],
    })),
    ({ life }) => life.accountId,
  );
}
