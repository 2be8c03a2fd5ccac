import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { ServiceState } from "./constants";
import { ReadServicesInput } from "./schema";

/** One service in a word from each side, without its story: what the subscriber's own screens are made of. */
export interface ServiceStateView {
  readonly desired: { readonly state: ServiceState; readonly since: Date };
  /** What the network was last seen to do; null before it was first read. */
  readonly actual: { readonly state: ServiceState; readonly readAt: Date } | null;
  /** When the network was told of what is now desired and agreed; null while it was not. */
  readonly appliedAt: Date | null;
}

/** The services of an account as billing wants them and as the network has them; `readServices` tells the rest. */
export async function listServiceStates(ctx: Context, raw: ReadServicesInput): Promise<ServiceStateView[]> {
  const scope = requirePermission(ctx, "service:read");
  const { accountId } = ReadServicesInput.parse(raw);
  const [, rows] = await Promise.all([
    requireAccounts(ctx, scope, [accountId]),
    rowsOf<{
      desired_state: ServiceState;
      desired_at: string;
      actual_state: ServiceState | null;
      actual_read_at: string | null;
      finished_at: string | null;
    }>(
      ctx,
      sql`
      select s.desired_state, s.desired_at, s.actual_state, s.actual_read_at, t.finished_at
      from services s
      left join service_tasks t
        on t.account_id = s.account_id and t.service_id = s.id and t.version = s.desired_version
      where s.account_id = ${accountId}`,
    ),
  ]);
  return rows.map((row) => ({
    desired: { state: row.desired_state, since: new Date(row.desired_at) },
    actual:
      row.actual_state && row.actual_read_at ? { state: row.actual_state, readAt: new Date(row.actual_read_at) } : null,
    appliedAt: row.finished_at ? new Date(row.finished_at) : null,
  }));
}
