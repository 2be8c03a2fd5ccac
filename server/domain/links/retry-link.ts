import { sql } from "drizzle-orm";
import { z } from "zod";
import { requirePermission } from "@/server/domain/identity";
import { proveLedger } from "@/server/domain/ledger";
import type { Context } from "@/server/platform/context";
import type { JobRequest } from "@/server/platform/queue";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { CHECKS, LINKS } from "./constants";

export const RetryLinkInput = z.object({ link: z.enum([...LINKS, ...CHECKS]) });
export type RetryLinkInput = z.input<typeof RetryLinkInput>;

const MAX_RETRIED = 5_000;

/**
 * Has everything that waits on a link tried now, the oldest first; for the ledger, proves it. Nothing is lost by pressing
 * it twice: each job is keyed. Answers how many were set going.
 */
export async function retryLink(ctx: Context, raw: RetryLinkInput): Promise<{ retried: number }> {
  requirePermission(ctx, "link:retry");
  const { link } = RetryLinkInput.parse(raw);
  if (link === "ledger") return { retried: (await proveLedger(ctx)).accounts };
  return withTransaction(ctx, async (tx) => {
    const jobs = await JOBS[link](tx);
    await record(tx, {
      audit: [{ action: "link.retry", entity: "link", entityId: link, after: { retried: jobs.length } }],
      jobs,
    });
    return { retried: jobs.length };
  });
}

const JOBS: Record<(typeof LINKS)[number], (tx: Context) => Promise<JobRequest[]>> = {
  async "provider-ledger"(tx) {
    const [payments, hooks] = await Promise.all([
      rowsOf<{ account_id: string; id: string }>(
        tx,
        sql`select account_id, id from payments
            where state in ('created', 'unknown', 'pending') or (state = 'failed' and failure like 'mismatch:%')
            order by started_at limit ${MAX_RETRIED}`,
      ),
      rowsOf<{ provider: string; object_id: string }>(
        tx,
        sql`select distinct provider, object_id from webhook_deliveries where processed_at is null limit ${MAX_RETRIED}`,
      ),
    ]);
    return [
      ...payments.map((row) => ({
        task: "sync_payment",
        payload: { accountId: row.account_id, paymentId: row.id },
        key: `sync_payment:${row.id}`,
      })),
      ...hooks.map((row) => ({
        task: "read_payment",
        payload: { provider: row.provider, providerPaymentId: row.object_id },
        key: `read_payment:${row.provider}:${row.object_id}`,
      })),
    ];
  },
  async "ledger-provisioning"(tx) {
    const rows = await rowsOf<{ account_id: string }>(
      tx,
      sql`
      select account_id from services s
      where actual_version is distinct from desired_version and not exists (
        select 1 from service_tasks t where t.account_id = s.account_id and t.service_id = s.id and t.version = s.desired_version)
      union
      select (jsonb_array_elements_text(j.payload::jsonb -> 'accountIds'))::uuid
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'settle_account'
      limit ${MAX_RETRIED}`,
    );
    return rows.map((row) => ({
      task: "settle_account",
      payload: { accountIds: [row.account_id] },
      key: `settle_account:${row.account_id}`,
    }));
  },
  async "provisioning-radius"(tx) {
    const rows = await rowsOf<{ account_id: string; service_id: string }>(
      tx,
      sql`select account_id, service_id from service_tasks where state = 'waiting' order by started_at limit ${MAX_RETRIED}`,
    );
    return rows.map((row) => ({
      task: "apply_service",
      payload: { accountId: row.account_id, serviceId: row.service_id },
      key: `apply_service:${row.service_id}`,
    }));
  },
  async "ledger-subscribers"(tx) {
    const rows = await rowsOf<{ account_id: string; id: string }>(
      tx,
      sql`select account_id, id from messages
          where state = 'planned' and planned_for <= ${tx.now().toISOString()}::timestamptz
          order by planned_for limit ${MAX_RETRIED}`,
    );
    return [
      { task: "retry_messages", payload: {}, key: "retry_messages" },
      ...rows.map((row) => ({
        task: "send_message",
        payload: { accountId: row.account_id, messageId: row.id },
        key: `send_message:${row.id}`,
        queue: "messages",
        priority: 20,
      })),
    ];
  },
};
