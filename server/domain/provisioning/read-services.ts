import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { DesiredCause, ServiceState, TaskError, TaskState } from "./constants";
import { ReadServicesInput } from "./schema";

/** How many versions back the timeline goes. */
const TIMELINE = 10;

export interface TaskView {
  readonly version: number;
  readonly state: TaskState;
  readonly cause: DesiredCause | "drift";
  readonly attempts: number;
  readonly lastError: TaskError | null;
  readonly nextAttemptAt: Date | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface SessionView {
  readonly startedAt: Date;
  /** Null while it lasts. */
  readonly endedAt: Date | null;
  /** When it was last heard of. */
  readonly updatedAt: Date;
  readonly seconds: number;
  readonly inputOctets: bigint;
  readonly outputOctets: bigint;
  readonly address: string | null;
  readonly device: string | null;
}

export interface AuthenticationView {
  readonly at: Date;
  readonly accepted: boolean;
}

export interface ServiceView {
  readonly serviceId: string;
  readonly subscriptionId: string;
  readonly tariffNameRu: string;
  readonly tariffNameEn: string;
  readonly login: string;
  readonly staticIp: string | null;
  readonly desired: { state: ServiceState; cause: DesiredCause | "drift" | null; version: number; since: Date };
  readonly downKbps: number;
  readonly upKbps: number;
  /** What the network was last seen to do; null before it was first read. */
  readonly actual: { state: ServiceState; readAt: Date } | null;
  /** The network was seen to do what is desired. */
  readonly inStep: boolean;
  readonly lastError: TaskError | null;
  /** Newest first. */
  readonly tasks: readonly TaskView[];
  readonly lastSession: SessionView | null;
  readonly lastAuthentication: AuthenticationView | null;
}

/** The services of an account as screens show them, the network's side included; never the secret. */
export async function readServices(ctx: Context, raw: ReadServicesInput): Promise<ServiceView[]> {
  const scope = requirePermission(ctx, "service:read");
  const { accountId } = ReadServicesInput.parse(raw);
  const [, services, tasks] = await Promise.all([
    requireAccounts(ctx, scope, [accountId]),
    selectServices(ctx, accountId),
    selectTasks(ctx, accountId),
  ]);
  return services.map((row) => toView(row, tasks.get(row.id) ?? []));
}

type ServiceRow = Awaited<ReturnType<typeof selectServices>>[number];

function toView(row: ServiceRow, tasks: readonly TaskView[]): ServiceView {
  const [latest] = tasks;
  return {
    serviceId: row.id,
    subscriptionId: row.subscription_id,
    tariffNameRu: row.name_ru,
    tariffNameEn: row.name_en,
    login: row.login,
    staticIp: row.static_ip,
    desired: {
      state: row.desired_state,
      cause: latest?.version === row.desired_version ? latest.cause : null,
      version: row.desired_version,
      since: new Date(row.desired_at),
    },
    downKbps: row.down_kbps,
    upKbps: row.up_kbps,
    actual:
      row.actual_state && row.actual_read_at ? { state: row.actual_state, readAt: new Date(row.actual_read_at) } : null,
    inStep: row.actual_version === row.desired_version,
    lastError: latest?.state === "waiting" ? latest.lastError : null,
    tasks,
    lastSession: sessionOf(row),
    lastAuthentication: row.authdate ? { at: new Date(row.authdate), accepted: row.reply === "Access-Accept" } : null,
  };
}

function sessionOf(row: ServiceRow): SessionView | null {
  if (!row.acctstarttime || !row.acctupdatetime) return null;
  return {
    startedAt: new Date(row.acctstarttime),
    endedAt: row.acctstoptime ? new Date(row.acctstoptime) : null,
    updatedAt: new Date(row.acctupdatetime),
    seconds: Number(row.acctsessiontime ?? 0),
    inputOctets: BigInt(row.acctinputoctets ?? 0),
    outputOctets: BigInt(row.acctoutputoctets ?? 0),
    address: row.framedipaddress,
    device: row.callingstationid || null,
  };
}

function selectServices(ctx: Context, accountId: string) {
  return rowsOf<{
    id: string;
    subscription_id: string;
    name_ru: string;
    name_en: string;
    login: string;
    static_ip: string | null;
    desired_state: ServiceState;
    desired_version: number;
    desired_at: string;
    down_kbps: number;
    up_kbps: number;
    actual_state: ServiceState | null;
    actual_version: number | null;
    actual_read_at: string | null;
    acctstarttime: string | null;
    acctstoptime: string | null;
    acctupdatetime: string | null;
    acctsessiontime: string | null;
    acctinputoctets: string | null;
    acctoutputoctets: string | null;
    framedipaddress: string | null;
    callingstationid: string | null;
    reply: string | null;
    authdate: string | null;
  }>(
    ctx,
    sql`
    select s.id, s.subscription_id, t.name_ru, t.name_en, s.login, host(s.static_ip) as static_ip, s.desired_state,
           s.desired_version, s.desired_at, s.down_kbps, s.up_kbps, s.actual_state, s.actual_version, s.actual_read_at,
           a.acctstarttime, a.acctstoptime, a.acctupdatetime, a.acctsessiontime, a.acctinputoctets, a.acctoutputoctets,
           host(a.framedipaddress) as framedipaddress, a.callingstationid, p.reply, p.authdate
    from services s
    join subscriptions b on b.account_id = s.account_id and b.id = s.subscription_id
    join tariffs t on t.id = b.tariff_id
    left join lateral (
      select * from radius.radacct where username = s.login order by acctstarttime desc limit 1
    ) a on true
    left join lateral (
      select reply, authdate from radius.radpostauth where username = s.login order by authdate desc limit 1
    ) p on true
    where s.account_id = ${accountId}
    order by b.started_on, s.id`,
  );
}

async function selectTasks(ctx: Context, accountId: string): Promise<Map<string, TaskView[]>> {
  const rows = await rowsOf<{
    service_id: string;
    version: number;
    state: TaskState;
    cause: TaskView["cause"];
    attempts: number;
    last_error: TaskError | null;
    next_attempt_at: string | null;
    started_at: string;
    finished_at: string | null;
  }>(
    ctx,
    sql`
    select service_id, version, state, cause, attempts, last_error, next_attempt_at, started_at, finished_at
    from (
      select t.*, row_number() over (partition by service_id order by version desc) as place
      from service_tasks t where account_id = ${accountId}
    ) numbered
    where place <= ${TIMELINE} order by service_id, version desc`,
  );
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  return Map.groupBy(
    rows.map((row) => ({
      serviceId: row.service_id,
      version: row.version,
      state: row.state,
      cause: row.cause,
      attempts: row.attempts,
      lastError: row.last_error,
      nextAttemptAt: instant(row.next_attempt_at),
      startedAt: new Date(row.started_at),
      finishedAt: instant(row.finished_at),
    })),
    (row) => row.serviceId,
  );
}
