import { sql } from "drizzle-orm";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

export interface ApprovalRequest {
  /** The act, `period.close`. */
  readonly kind: string;
  /** What it is about: at most one waits per kind and key. */
  readonly key: string;
  readonly accountId?: string | null;
  /** As JSON: sums as the text of their kopecks. */
  readonly input: Readonly<Record<string, string | number | boolean | null>>;
  readonly reason: string;
}

/**
 * Puts an act before a second person. Not a verb: the act's own verb calls it in its transaction, after its permission and
 * its rules. Throws `forbidden` (`approval.needs_person`) for a machine and `conflict` (`approval.already_waiting`).
 */
export async function askApproval(tx: Context, request: ApprovalRequest): Promise<{ approvalId: string }> {
  if (tx.actor.kind !== "user") throw new DomainError("forbidden", "approval.needs_person");
  const approvalId = tx.newId();
  const rows = await rowsOf(
    tx,
    sql`
    insert into approvals (id, kind, key, account_id, input, reason, asked_by, asked_at)
    values (${approvalId}, ${request.kind}, ${request.key}, ${request.accountId ?? null}, ${JSON.stringify(request.input)}::jsonb,
            ${request.reason}, ${tx.actor.userId}, ${tx.now().toISOString()}::timestamptz)
    on conflict (kind, key) where state = 'waiting' do nothing returning id`,
  );
  if (rows.length === 0) throw new DomainError("conflict", "approval.already_waiting");
  return { approvalId };
}
