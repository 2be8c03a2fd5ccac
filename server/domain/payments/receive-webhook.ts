import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { addJobs } from "@/server/platform/queue";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { ReceiveWebhookInput } from "./schema";

/** YooKassa sends "payment.succeeded", then an object; only objects of payments are read back. */
const PAYMENT_EVENT = /^payment\./;

/**
 * Stores a webhook, once per (provider, event, object), and enqueues the reading of the object, in one transaction. The
 * body is a hint and is never believed: the job asks the provider's API. A repeat of a processed one only counts.
 */
export async function receiveWebhook(ctx: Context, raw: ReceiveWebhookInput): Promise<{ known: boolean }> {
  requirePermission(ctx, "webhook:receive");
  const input = ReceiveWebhookInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const [row] = await rowsOf<{ id: string; deliveries: number; processed: boolean }>(
      tx,
      sql`
      insert into webhook_deliveries (id, provider, event, object_id, body, address, received_at)
      values (${tx.newId()}, ${input.provider}, ${input.event}, ${input.objectId}, ${JSON.stringify(input.body)}::jsonb, ${input.address}, ${tx.now().toISOString()})
      on conflict (provider, event, object_id) do update set deliveries = webhook_deliveries.deliveries + 1
      returning id, deliveries, processed_at is not null as processed`,
    );
    if (row && !row.processed) {
      await addJobs(tx, [
        PAYMENT_EVENT.test(input.event)
          ? {
              task: "read_payment",
              payload: { provider: input.provider, providerPaymentId: input.objectId },
              key: `read_payment:${input.provider}:${input.objectId}`,
            }
          : { task: "set_webhook_aside", payload: { deliveryId: row.id }, key: `set_webhook_aside:${row.id}` },
      ]);
    }
    return { known: (row?.deliveries ?? 1) > 1 };
  });
}
