import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { IdentifierKind } from "./constants";
import { ListIdentifiersInput } from "./schema";

export interface IdentifierRow {
  readonly identifierId: string;
  readonly subscriptionId: string;
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** What usage of an account's subscriptions is known by, the present ones first. */
export async function listIdentifiers(ctx: Context, raw: ListIdentifiersInput): Promise<IdentifierRow[]> {
  const scope = requirePermission(ctx, "usage:read");
  const { accountId } = ListIdentifiersInput.parse(raw);
  await requireAccounts(ctx, scope, [accountId]);
  const rows = await rowsOf<{
    id: string;
    subscription_id: string;
    kind: IdentifierKind;
    value: string;
    valid_from: Day;
    valid_to: Day | null;
  }>(
    ctx,
    sql`
    select id, subscription_id, kind, value, valid_from, valid_to from subscription_identifiers
    where account_id = ${accountId} order by valid_to desc nulls first, valid_from desc, id`,
  );
  return rows.map((row) => ({
    identifierId: row.id,
    subscriptionId: row.subscription_id,
    kind: row.kind,
    value: row.value,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}
