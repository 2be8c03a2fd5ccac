import { sql } from "drizzle-orm";
import type { Context } from "./context";

/** A job to enqueue. A later request with the same key replaces a waiting one; a running one is not disturbed. */
export interface JobRequest {
  readonly task: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly key?: string;
  readonly runAt?: Date;
  /** Jobs of one named queue run one after another. */
  readonly queue?: string;
  readonly priority?: number;
  readonly maxAttempts?: number;
}

/** The arguments of graphile-worker's `add_job`; nulls take its defaults. */
export function jobRow(job: JobRequest) {
  return {
    identifier: job.task,
    payload: job.payload,
    queue_name: job.queue ?? null,
    run_at: job.runAt?.toISOString() ?? null,
    max_attempts: job.maxAttempts ?? null,
    job_key: job.key ?? null,
    priority: job.priority ?? null,
  };
}

/** Enqueues in the caller's transaction: if that rolls back, the job never was. */
export async function addJobs(ctx: Context, jobs: readonly JobRequest[]): Promise<void> {
  if (jobs.length === 0) return;
  await ctx.db.execute(sql`
    select graphile_worker.add_job(
      j.identifier, payload := j.payload::json, queue_name := j.queue_name, run_at := j.run_at,
      max_attempts := j.max_attempts, job_key := j.job_key, priority := j.priority)
    from jsonb_to_recordset(${JSON.stringify(jobs.map(jobRow))}::jsonb)
      as j(identifier text, payload jsonb, queue_name text, run_at timestamptz, max_attempts int, job_key text, priority int)`);
}
