import { readCatalog } from "@/server/domain/catalog";
import { listRecords, type MeteredRecord } from "@/server/domain/metering";
import { listSubscriptions } from "@/server/domain/subscriptions";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { readOwnAccounts } from "./own-accounts";

const SHOWN = 300;

/** What a line of usage was made of, record by record, under the names that its price gives. */
export async function readUsageRecords(ctx: Context, input: { subscriptionId: string; from: string; to: string }) {
  const { subscriptionId, from, to } = input;
  const accounts = await readOwnAccounts(ctx);
  const subscriptions = await listSubscriptions(
    ctx,
    accounts.map(({ id }) => id),
  );
  const subscription = [...subscriptions.values()].flat().find(({ id }) => id === subscriptionId);
  if (!subscription) throw new DomainError("not_found", "subscription.not_found");
  const { accountId, tariffId } = subscription;
  const [catalog, page] = await Promise.all([
    readCatalog(ctx),
    listRecords(ctx, { accountId, subscriptionId, from, to, limit: SHOWN }),
  ]);
  const tariff = catalog.tariffs.get(tariffId);
  if (!tariff) throw new DomainError("invariant", "tariff.not_found", { tariffId });
  const meters = new Map(
    [...catalog.tariffs.values()]
      .sort((one) => (one.id === tariffId ? 1 : -1))
      .flatMap(({ prices }) => prices.flatMap((price) => price.usagePricing?.meters ?? []))
      .map((meter) => [meter.meter, meter]),
  );
  return {
    account: accounts.find(({ id }) => id === accountId) ?? null,
    nameRu: tariff.nameRu,
    nameEn: tariff.nameEn,
    from,
    to,
    count: page.count,
    now: ctx.now(),
    records: page.records.map((record: MeteredRecord) => {
      const { nameRu = record.meter, nameEn = record.meter, unit = null } = meters.get(record.meter) ?? {};
      return { ...record, nameRu, nameEn, unit };
    }),
  };
}
