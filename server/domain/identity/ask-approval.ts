import { sql } from "drizzle-orm";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

export interface ApprovalRequest {
  /** Made by whoever asks, one per press of the button: the same id is the same request. Unsaid: a new one. */
  readonly id?: string;
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
 * its rules. Throws `forbidden` (`approval.needs_person`) for a machine and `conflict` (`approval.already_waiting`) when another
 * request of the same waits.
 */
export async function askApproval(tx: Context, request: ApprovalRequest): Promise<{ approvalId: string }> {
  if (tx.actor.kind !== "user") throw new DomainError("forbidden", "approval.needs_person");
  const approvalId = request.id ?? tx.newId();
  const rows = await rowsOf(
    tx,
    sql`
    insert into approvals (id, kind, key, account_id, input, reason, asked_by, asked_at)
    values (${approvalId}, ${request.kind}, ${request.key}, ${request.accountId ?? null}, ${JSON.stringify(request.input)}::jsonb,
            ${request.reason}, ${tx.actor.userId}, ${tx.now().toISOString()}::timestamptz)
    on conflict do nothing returning id`,
  );
  if (rows.length === 0 && !(await isSame(tx, approvalId, request.kind)))
    throw new DomainError("conflict", "approval.already_waiting");
  return { approvalId };
}

async function isSame(tx: Context, id: string, kind: string): Promise<boolean> {
  const { actor } = tx;
  const rows = await rowsOf(
    tx,
    sql`select 1 from approvals where id = ${id} and kind = ${kind} and state = 'waiting'
        and asked_by = ${actor.kind === "user" ? actor.userId : null}`,
  );
  return rows.length === 1;
}
