/** Days past due before the service is closed, where the account says nothing of its own. */
export const DEFAULT_BLOCK_DELAY_DAYS = 10;

/** When a change of tariff comes into force. */
export const TARIFF_CHANGE_TIMES = ["next_period", "now"] as const;
export type TariffChangeTime = (typeof TARIFF_CHANGE_TIMES)[number];

/** `main`: the month's own run, one while it is not cancelled. `repeat`: another look once that is done; it finds nothing new. */
export const RUN_KINDS = ["main", "repeat"] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** draft → previewed → approved → running ⇄ paused → finished | cancelled | failed (which can be gone on with). */
export const RUN_STATES = [
  "draft",
  "previewed",
  "approved",
  "running",
  "paused",
  "finished",
  "cancelled",
  "failed",
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The same chunks are gone through twice: to look, and to charge. */
export const RUN_STAGES = ["preview", "charge"] as const;
export type RunStage = (typeof RUN_STAGES)[number];

/** What a person may have to look at in a run. */
export const RUN_FINDINGS = ["refused", "skipped", "parked", "settled", "anomaly"] as const;
export type RunFinding = (typeof RUN_FINDINGS)[number];

/** Why an account was left alone. Those that are simply charged already are counted, not listed. */
export const SKIP_REASONS = ["already_charged", "nothing_due", "no_subscription", "stopped", "closed"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What a month may show that a person should see before it is charged. */
export const ANOMALIES = ["up", "down", "zero", "negative", "many_lines"] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** A month that differs from the last by more than this is shown. */
export const ANOMALY_PERCENT = 30;

/** More lines than this in one account's month are shown: three services charged by the day make 93. */
export const ANOMALY_LINES = 100;

/** Accounts in one chunk of a run: a second or two of work, which is how long a pause takes. */
export const RUN_CHUNK = 2_000;

/** "YYYY-MM". */
export const PERIOD = /^20\d{2}-(0[1-9]|1[0-2])$/;

/** Jobs that work on one run side by side: one less than a worker takes at once, so that payments never wait for all of them. */
export const RUN_LANES = 3;
