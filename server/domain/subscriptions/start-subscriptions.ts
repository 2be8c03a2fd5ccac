import { z } from "zod";
import { personalPrices, subscriptions } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { StartSubscriptionInput } from "./schema";

/**
 * Starts subscriptions, with a personal price from the first day where one is agreed. Answers ids in the order of the
 * input. Charging and the network follow from the event. Refuses a tariff that does not exist (`tariff.not_found`) or is not sold
 * (`tariff.not_on_sale`), or a term that ends before it starts (`subscription.ends_before_it_starts`).
 */
export async function startSubscriptions(
  ctx: Context,
  raw: readonly StartSubscriptionInput[],
): Promise<{ accountId: string; subscriptionId: string }[]> {
  const scope = requirePermission(ctx, "subscription:start");
  const input = z.array(StartSubscriptionInput).parse(raw);
  if (input.length === 0) return [];
  return withTransaction(ctx, async (tx) => {
    const [catalog] = await Promise.all([
      readCatalog(tx),
      requireAccounts(
        tx,
        scope,
        input.map((row) => row.accountId),
      ),
    ]);
    for (const row of input) {
      const tariff = catalog.tariffs.get(row.tariffId);
      if (!tariff) throw new DomainError("not_found", "tariff.not_found");
      // Machines bring in what was sold in the past; what has no price yet nobody could have been sold.
      if (tariff.status === "draft" || (tariff.status === "off_sale" && tx.actor.kind === "user")) {
        throw new DomainError("precondition", "tariff.not_on_sale", { code: tariff.code });
      }
      if (row.endedOn && row.endedOn < row.startedOn) {
        throw new DomainError("invalid", "subscription.ends_before_it_starts");
      }
    }
    const rows = input.map((row) => ({ ...row, id: tx.newId() }));
    for (const chunk of chunksOf(rows)) {
      await tx.db.insert(subscriptions).values(
        chunk.map(({ accountId, id, tariffId, quantity, startedOn, billedFrom, endedOn, endReason }) => ({
          accountId,
          id,
          tariffId,
          quantity,
          startedOn,
          billedFrom,
          endedOn,
          endReason: endedOn ? endReason : null,
        })),
      );
      const personal = chunk.flatMap(({ accountId, id, startedOn, personalFeeMinor }) =>
        personalFeeMinor === null
          ? []
          : [{ accountId, subscriptionId: id, validFrom: startedOn, validTo: null, feeMinor: personalFeeMinor }],
      );
      if (personal.length > 0) await tx.db.insert(personalPrices).values(personal);
    }
    await record(tx, {
      audit: rows.map(({ id, accountId, tariffId, startedOn, personalFeeMinor }) => ({
        action: "subscription.start",
        entity: "subscription",
        entityId: id,
        accountId,
        after: { tariffId, startedOn, personalFeeMinor },
      })),
      events: rows.map(({ id, accountId, tariffId, startedOn }) => ({
        type: "subscription.started" as const,
        accountId,
        payload: { subscriptionId: id, tariffId, startedOn },
      })),
    });
    return rows.map(({ accountId, id }) => ({ accountId, subscriptionId: id }));
  });
}
