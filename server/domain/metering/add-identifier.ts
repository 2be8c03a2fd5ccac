import { and, eq, sql } from "drizzle-orm";
import { subscriptionIdentifiers, subscriptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { identifierMalformed, identifierTaken, subscriptionNotFound } from "./errors";
import { readIdentifier } from "./rules/identifier";
import { AddIdentifierInput } from "./schema";

/**
 * Assigns a number, an address or a card to a subscription from a day on: usage that names it is the subscription's. Refuses
 * what is no such thing (`identifier.malformed`) and what another has from that day on or later (`identifier.taken`).
 */
export async function addIdentifier(ctx: Context, raw: AddIdentifierInput): Promise<{ identifierId: string }> {
  const scope = requirePermission(ctx, "identifier:assign");
  const { accountId, subscriptionId, kind, value: written, validFrom } = AddIdentifierInput.parse(raw);
  const value = readIdentifier(kind, written);
  if (value === null) throw identifierMalformed();
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext(${`identifier ${kind} ${value}`}))`);
    const [subscription] = await tx.db
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(and(eq(subscriptions.accountId, accountId), eq(subscriptions.id, subscriptionId)));
    if (!subscription) throw subscriptionNotFound();
    const taken = await rowsOf(
      tx,
      sql`select 1 from subscription_identifiers where kind = ${kind} and value = ${value}
          and (valid_to is null or valid_to > ${validFrom}::date)`,
    );
    if (taken.length > 0) throw identifierTaken();
    const identifierId = tx.newId();
    await tx.db
      .insert(subscriptionIdentifiers)
      .values({ accountId, id: identifierId, subscriptionId, kind, value, validFrom });
    await record(tx, {
      audit: [
        {
          action: "identifier.add",
          entity: "subscription",
          entityId: subscriptionId,
          accountId,
          after: { kind, value, validFrom },
        },
      ],
    });
    return { identifierId };
  });
}
