import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { serviceNotFound } from "./errors";
import { applyJob } from "./internal";
import { ServiceInput } from "./schema";

/**
 * Asks the network about a service now instead of at its next turn. Changes nothing that is desired; a service in step is
 * read again. Refuses one that is not there or not the asker's (`account.not_found`, `service.not_found`).
 */
export async function resendService(ctx: Context, raw: ServiceInput): Promise<{ version: number }> {
  const scope = requirePermission(ctx, "service:resend");
  const { accountId, serviceId } = ServiceInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const [service] = await rowsOf<{ version: number }>(
      tx,
      sql`select desired_version as version from services where account_id = ${accountId} and id = ${serviceId} for update`,
    );
    if (!service) throw serviceNotFound();
    await tx.db.execute(sql`
      update service_tasks set next_attempt_at = ${tx.now().toISOString()}::timestamptz
      where account_id = ${accountId} and service_id = ${serviceId} and version = ${service.version} and state = 'waiting'`);
    await record(tx, {
      audit: [
        {
          action: "service.resend",
          entity: "service",
          entityId: serviceId,
          accountId,
          after: { version: service.version },
        },
      ],
      jobs: [applyJob(accountId, serviceId)],
    });
    return { version: service.version };
  });
}
