import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { identifierNotFound } from "./errors";
import { EndIdentifierInput } from "./schema";

/**
 * Takes an identifier away from a subscription: `validTo` is the first day it is free for another. Usage of earlier days stays
 * the subscription's, whenever it is told. Not before the day it was assigned.
 */
export async function endIdentifier(ctx: Context, raw: EndIdentifierInput): Promise<void> {
  const scope = requirePermission(ctx, "identifier:assign");
  const { accountId, identifierId, validTo } = EndIdentifierInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const [ended] = await rowsOf<{ subscription_id: string; kind: string; value: string; valid_to: string }>(
      tx,
      sql`
      update subscription_identifiers set valid_to = greatest(${validTo}::date, valid_from)
      where account_id = ${accountId} and id = ${identifierId} and valid_to is null
      returning subscription_id, kind, value, valid_to`,
    );
    if (!ended) throw identifierNotFound();
    await record(tx, {
      audit: [
        {
          action: "identifier.end",
          entity: "subscription",
          entityId: ended.subscription_id,
          accountId,
          after: { kind: ended.kind, value: ended.value, validTo: ended.valid_to },
        },
      ],
    });
  });
}
