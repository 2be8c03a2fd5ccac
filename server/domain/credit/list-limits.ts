import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { LimitKind, LimitOutcome } from "./constants";

export interface LimitView {
  readonly id: string;
  readonly kind: LimitKind;
  readonly amountMinor: Minor;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly closedAt: Date | null;
  readonly outcome: LimitOutcome | null;
  readonly feeMinor: Minor;
  readonly note: string | null;
  /** The person who gave or took it; null when nobody of ours is known. */
  readonly grantedBy: string | null;
}

const LATEST = 50;

/** The temporary limits of an account, those that run or wait first, then the latest that are over. */
export async function listLimits(ctx: Context, accountId: string): Promise<LimitView[]> {
  const scope = requirePermission(ctx, "credit:read");
  await requireAccounts(ctx, scope, [accountId]);
  const rows = await rowsOf<{
    id: string;
    kind: LimitKind;
    amount_minor: string;
    from_at: string;
    until_at: string;
    closed_at: string | null;
    outcome: LimitOutcome | null;
    fee_minor: string;
    note: string | null;
    granted_by: string | null;
  }>(
    ctx,
    sql`
    select l.id, l.kind, l.amount_minor, l.from_at, l.until_at, l.closed_at, l.outcome, l.fee_minor, l.note,
           u.display_name as granted_by
    from temporary_limits l left join users u on l.granted_by = 'user:' || u.id
    where l.account_id = ${accountId}
    order by l.closed_at is not null, l.from_at desc, l.id limit ${LATEST}`,
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    amountMinor: BigInt(row.amount_minor),
    fromAt: new Date(row.from_at),
    untilAt: new Date(row.until_at),
    closedAt: row.closed_at ? new Date(row.closed_at) : null,
    outcome: row.outcome,
    feeMinor: BigInt(row.fee_minor),
    note: row.note,
    grantedBy: row.granted_by,
  }));
}
