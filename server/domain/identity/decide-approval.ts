import { sql } from "drizzle-orm";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";

export interface Decided {
  readonly kind: string;
  readonly accountId: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly askedBy: string;
}

/**
 * Takes a waiting request off the list, once, and gives what was asked; the caller does it in the same transaction, asking its
 * rules again. The one who asked may only take it back. Not a verb, as `askApproval` is not. Throws `not_found`
 * (`approval.not_found`), `precondition` (`approval.decided`, `approval.same_person`), `forbidden` for a machine.
 */
export async function decideApproval(
  tx: Context,
  decision: { approvalId: string; kinds: readonly string[]; accountId?: string; approve: boolean },
): Promise<Decided> {
  if (tx.actor.kind !== "user") throw new DomainError("forbidden", "approval.needs_person");
  const [row] = await rowsOf<{
    kind: string;
    account_id: string | null;
    input: Record<string, unknown>;
    reason: string;
    asked_by: string;
    state: string;
  }>(
    tx,
    sql`
    select kind, account_id, input, reason, asked_by, state from approvals
    where id = ${decision.approvalId} and kind = any(${pgArray(decision.kinds, "text")})
      and (${decision.accountId ?? null}::uuid is null or account_id = ${decision.accountId ?? null}::uuid)
    for update`,
  );
  if (!row) throw new DomainError("not_found", "approval.not_found");
  if (row.state !== "waiting") throw new DomainError("precondition", "approval.decided", { state: row.state });
  const { userId } = tx.actor;
  if (decision.approve && row.asked_by === userId) throw new DomainError("precondition", "approval.same_person");
  await tx.db.execute(sql`
    update approvals set state = ${decision.approve ? "approved" : "declined"}, decided_by = ${userId},
           decided_at = ${tx.now().toISOString()}::timestamptz where id = ${decision.approvalId}`);
  return { kind: row.kind, accountId: row.account_id, input: row.input, reason: row.reason, askedBy: row.asked_by };
}
