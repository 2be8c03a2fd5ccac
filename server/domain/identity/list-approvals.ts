import { sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";
import type { Permission } from "./policy";
import { requirePermission } from "./require-permission";

export interface WaitingApproval {
  readonly approvalId: string;
  readonly kind: string;
  readonly accountId: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly askedBy: string | null;
  readonly askedAt: Date;
  /** Of the one who is looking: it can be taken back, not approved. */
  readonly isOwn: boolean;
}

/** What waits for a second person, the longest wait first, for whoever may read the acts. */
export async function listApprovals(
  ctx: Context,
  permission: Permission,
  of: { kinds: readonly string[]; accountId?: string },
): Promise<WaitingApproval[]> {
  requirePermission(ctx, permission);
  const rows = await rowsOf<{
    id: string;
    kind: string;
    account_id: string | null;
    input: Record<string, unknown>;
    reason: string;
    asked_by: string;
    asked_at: string;
    name: string | null;
  }>(
    ctx,
    sql`
    select p.id, p.kind, p.account_id, p.input, p.reason, p.asked_by, p.asked_at, u.display_name as name
    from approvals p left join users u on u.id = p.asked_by
    where p.state = 'waiting' and p.kind = any(${pgArray(of.kinds, "text")})
      and (${of.accountId ?? null}::uuid is null or p.account_id = ${of.accountId ?? null}::uuid)
    order by p.asked_at limit 200`,
  );
  const me = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  return rows.map((row) => ({
    approvalId: row.id,
    kind: row.kind,
    accountId: row.account_id,
    input: row.input,
    reason: row.reason,
    askedBy: row.name,
    askedAt: new Date(row.asked_at),
    isOwn: row.asked_by === me,
  }));
}
