import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { ServiceState } from "./constants";
import { type DesiredService, loadDesired } from "./internal";
import { RefreshServicesInput } from "./schema";

interface LockedService {
  readonly accountId: string;
  readonly serviceId: string;
  readonly subscriptionId: string;
  readonly state: ServiceState;
  readonly version: number;
  readonly downKbps: number;
  readonly upKbps: number;
}

interface Change {
  readonly before: LockedService;
  readonly after: LockedService;
  readonly cause: DesiredService["cause"];
}

export interface RefreshedServices {
  readonly checked: number;
  readonly changed: number;
}

/**
 * Asks the rule again for every service of the accounts and writes what came out different: a new desired version, its
 * task (older waiting ones are superseded) and `service.desired`, which brings it to the network. Four statements however
 * many accounts there are; a second call changes nothing. Called after anything that could matter: money, blocks, limits,
 * subscriptions, tariffs, the day itself.
 */
export async function refreshServices(ctx: Context, raw: RefreshServicesInput): Promise<RefreshedServices> {
  const scope = requirePermission(ctx, "service:provision");
  const { accountIds } = RefreshServicesInput.parse(raw);
  if (accountIds.length === 0) return { checked: 0, changed: 0 };
  return withTransaction(ctx, async (tx) => {
    if (scope.kind === "customer") await requireAccounts(tx, scope, accountIds);
    const services = await lockServices(tx, accountIds);
    if (services.length === 0) return { checked: 0, changed: 0 };
    const desired = await loadDesired(tx, [...new Set(services.map((service) => service.accountId))]);
    const changes = services.flatMap((before) => changeOf(before, desired.get(before.subscriptionId)));
    if (changes.length > 0) {
      await writeChanges(tx, changes);
      await record(tx, {
        audit: changes.map(({ before, after, cause }) => ({
          action: "service.desire",
          entity: "service",
          entityId: after.serviceId,
          accountId: after.accountId,
          before: audited(before),
          after: { ...audited(after), cause },
        })),
        events: changes.map(({ before, after, cause }) => ({
          type: "service.desired" as const,
          accountId: after.accountId,
          payload: {
            serviceId: after.serviceId,
            subscriptionId: after.subscriptionId,
            version: after.version,
            state: after.state,
            before: before.state,
            cause,
          },
        })),
      });
    }
    return { checked: services.length, changed: changes.length };
  });
}

async function lockServices(tx: Context, accountIds: readonly string[]): Promise<LockedService[]> {
  const rows = await rowsOf<{
    account_id: string;
    id: string;
    subscription_id: string;
    desired_state: ServiceState;
    desired_version: number;
    down_kbps: number;
    up_kbps: number;
  }>(
    tx,
    sql`
    select account_id, id, subscription_id, desired_state, desired_version, down_kbps, up_kbps from services
    where account_id = any(${pgArray(accountIds, "uuid")}) order by account_id, id for update`,
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    serviceId: row.id,
    subscriptionId: row.subscription_id,
    state: row.desired_state,
    version: row.desired_version,
    downKbps: row.down_kbps,
    upKbps: row.up_kbps,
  }));
}

function changeOf(before: LockedService, wanted: DesiredService | undefined): Change[] {
  if (!wanted) return [];
  const after: LockedService = {
    ...before,
    state: wanted.state,
    version: before.version + 1,
    downKbps: wanted.downKbps ?? before.downKbps,
    upKbps: wanted.upKbps ?? before.upKbps,
  };
  const same = after.state === before.state && after.downKbps === before.downKbps && after.upKbps === before.upKbps;
  return same ? [] : [{ before, after, cause: wanted.cause }];
}

async function writeChanges(tx: Context, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ after, cause }) => ({
    account_id: after.accountId,
    id: after.serviceId,
    version: after.version,
    state: after.state,
    down_kbps: after.downKbps,
    up_kbps: after.upKbps,
    cause,
  }));
  const now = sql`${tx.now().toISOString()}::timestamptz`;
  await tx.db.execute(sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(account_id uuid, id uuid, version int, state text,
        down_kbps int, up_kbps int, cause text)
    ), changed as (
      update services s set desired_state = i.state, desired_version = i.version, down_kbps = i.down_kbps, up_kbps = i.up_kbps,
        desired_at = ${now}
      from input i where s.account_id = i.account_id and s.id = i.id
    ), superseded as (
      update service_tasks t set state = 'superseded', finished_at = ${now}, next_attempt_at = null
      from input i
      where t.account_id = i.account_id and t.service_id = i.id and t.state = 'waiting' and t.version < i.version
    )
    insert into service_tasks (account_id, service_id, version, state, cause, started_at)
    select account_id, id, version, 'waiting', cause, ${now} from input`);
}

function audited({ state, version, downKbps, upKbps }: LockedService) {
  return { state, version, downKbps, upKbps };
}
