import { sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import type { EventType } from "@/server/platform/events";
import type { NewEvent, Outcome } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import type { DesiredCause, ServiceState, TaskError, TaskState } from "./constants";
import { serviceNotFound } from "./errors";
import { applyJob } from "./internal";
import { isOutOfStep, retryDelayMs } from "./rules/retry";

/** What the network said about one desired version. */
export interface Attempt {
  readonly accountId: string;
  readonly serviceId: string;
  /** The desired version that was asked about. */
  readonly version: number;
  /** Null when the network did not answer. */
  readonly seenState: ServiceState | null;
  /** Null when the network agrees. */
  readonly error: TaskError | null;
}

export interface AppliedService {
  /** `superseded`: a newer version was desired meanwhile, and its own job sees to it. */
  readonly outcome: "in_step" | "waiting" | "superseded";
  readonly error: TaskError | null;
  readonly nextAttemptAt: Date | null;
}

interface Task {
  readonly state: TaskState;
  readonly cause: DesiredCause | "drift";
  readonly attempts: number;
  readonly startedAt: Date;
}

const REACHED: Record<ServiceState, EventType> = {
  active: "service.activated",
  walled: "service.restricted",
  closed: "service.closed",
};

/** What became of an attempt, and what has to be told of it. */
export interface WrittenAttempt {
  readonly applied: AppliedService;
  readonly outcome: Outcome;
}

/** Writes an attempt under the service's lock: done, or when to ask again. Part of `applyService`, which has asked. */
export async function writeAttempt(tx: Context, attempt: Attempt): Promise<WrittenAttempt> {
  const service = await lockService(tx, attempt);
  if (service.version !== attempt.version) return untold({ outcome: "superseded", error: null, nextAttemptAt: null });
  const task = await readTask(tx, attempt);
  // Silence says nothing against a service that was seen in step.
  if (attempt.seenState === null && task.state === "done") {
    return untold({ outcome: "waiting", error: attempt.error, nextAttemptAt: null });
  }
  return attempt.error === null
    ? finish(tx, attempt, service, task)
    : postpone(tx, { ...attempt, error: attempt.error }, task);
}

const untold = (applied: AppliedService): WrittenAttempt => ({ applied, outcome: {} });

interface LockedService {
  readonly version: number;
  readonly state: ServiceState;
  readonly actualState: ServiceState | null;
  readonly actualVersion: number | null;
}

async function lockService(tx: Context, { accountId, serviceId }: Attempt): Promise<LockedService> {
  const [row] = await rowsOf<{
    version: number;
    state: ServiceState;
    actual_state: ServiceState | null;
    actual_version: number | null;
  }>(
    tx,
    sql`select desired_version as version, desired_state as state, actual_state, actual_version from services
        where account_id = ${accountId} and id = ${serviceId} for update`,
  );
  if (!row) throw serviceNotFound();
  return { ...row, actualState: row.actual_state, actualVersion: row.actual_version };
}

async function readTask(tx: Context, { accountId, serviceId, version }: Attempt): Promise<Task> {
  const [row] = await rowsOf<{ state: TaskState; cause: Task["cause"]; attempts: number; started_at: string }>(
    tx,
    sql`select state, cause, attempts, started_at from service_tasks
        where account_id = ${accountId} and service_id = ${serviceId} and version = ${version}`,
  );
  return row
    ? { state: row.state, cause: row.cause, attempts: row.attempts, startedAt: new Date(row.started_at) }
    : { state: "waiting", cause: "drift", attempts: 0, startedAt: tx.now() };
}

async function finish(tx: Context, attempt: Attempt, service: LockedService, task: Task): Promise<WrittenAttempt> {
  const { accountId, serviceId, version } = attempt;
  const now = sql`${tx.now().toISOString()}::timestamptz`;
  await tx.db.execute(sql`
    with seen as (
      update services set actual_state = ${attempt.seenState}, actual_version = ${version}, actual_read_at = ${now}
      where account_id = ${accountId} and id = ${serviceId}
    )
    insert into service_tasks (account_id, service_id, version, state, cause, attempts, started_at, finished_at)
    values (${accountId}, ${serviceId}, ${version}, 'done', ${task.cause}, ${task.attempts + 1}, ${now}, ${now})
    on conflict (account_id, service_id, version) do update
      set state = 'done', attempts = excluded.attempts, last_error = null, next_attempt_at = null, finished_at = excluded.finished_at
      where service_tasks.state = 'waiting'`);
  const applied: AppliedService = { outcome: "in_step", error: null, nextAttemptAt: null };
  if (task.state !== "waiting" && service.actualVersion === version) return untold(applied);
  return { applied, outcome: reached(tx, attempt, service, task) };
}

function reached(
  tx: Context,
  { accountId, serviceId, version, seenState }: Attempt,
  service: LockedService,
  task: Task,
): Outcome {
  const waitedMs = tx.now().getTime() - task.startedAt.getTime();
  return {
    audit: [
      {
        action: "service.apply",
        entity: "service",
        entityId: serviceId,
        accountId,
        before: { state: service.actualState, version: service.actualVersion },
        after: { state: seenState, version },
      },
    ],
    events: [{ type: REACHED[service.state], accountId, payload: { serviceId, version, cause: task.cause, waitedMs } }],
  };
}

/** A task that was done and whose network has drifted since starts to wait anew. */
async function postpone(tx: Context, attempt: Attempt & { error: TaskError }, task: Task): Promise<WrittenAttempt> {
  const { accountId, serviceId, version, error, seenState } = attempt;
  const reopened = task.state !== "waiting";
  const attempts = reopened ? 1 : task.attempts + 1;
  const startedAt = reopened ? tx.now() : task.startedAt;
  const nextAttemptAt = new Date(tx.now().getTime() + retryDelayMs(attempts));
  const now = sql`${tx.now().toISOString()}::timestamptz`;
  await tx.db.execute(sql`
    with seen as (
      update services set actual_state = ${seenState}, actual_read_at = ${now}, actual_version = null
      where account_id = ${accountId} and id = ${serviceId} and ${seenState}::text is not null
    )
    insert into service_tasks (account_id, service_id, version, state, cause, attempts, last_error, next_attempt_at, started_at)
    values (${accountId}, ${serviceId}, ${version}, 'waiting', ${task.cause}, ${attempts}, ${error},
      ${nextAttemptAt.toISOString()}::timestamptz, ${startedAt.toISOString()}::timestamptz)
    on conflict (account_id, service_id, version) do update
      set state = 'waiting', attempts = excluded.attempts, last_error = excluded.last_error,
          next_attempt_at = excluded.next_attempt_at, started_at = excluded.started_at, finished_at = null`);
  const late = isOutOfStep(startedAt, tx.now()) && !(await wasTold(tx, attempt, startedAt));
  return {
    applied: { outcome: "waiting", error, nextAttemptAt },
    outcome: {
      events: late ? [outOfStep(attempt, attempts, startedAt)] : [],
      jobs: [applyJob(accountId, serviceId, nextAttemptAt)],
    },
  };
}

function outOfStep(attempt: Attempt, attempts: number, startedAt: Date): NewEvent {
  const { accountId, serviceId, version, error } = attempt;
  return {
    type: "service.out_of_step",
    accountId,
    payload: { serviceId, version, error, attempts, since: startedAt.toISOString() },
  };
}

/** Asked only once a service has waited long, and under its lock, so one wait is told of once. */
async function wasTold(tx: Context, { accountId, serviceId, version }: Attempt, since: Date): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`select 1 from events
        where account_id = ${accountId} and occurred_at >= ${since.toISOString()}::timestamptz
          and type = 'service.out_of_step' and payload ->> 'serviceId' = ${serviceId}
          and (payload ->> 'version')::int = ${version} limit 1`,
  );
  return rows.length > 0;
}
