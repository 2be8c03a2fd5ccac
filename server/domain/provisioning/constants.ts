/** `walled`: reaches only the payment pages and support. */
export const SERVICE_STATES = ["active", "walled", "closed"] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** Why a service should be in its state. */
export const DESIRED_CAUSES = [
  "in_order",
  "not_started",
  "ended",
  "administrative",
  "voluntary",
  "financial",
  "credit_limit",
] as const;
export type DesiredCause = (typeof DESIRED_CAUSES)[number];

export const TASK_STATES = ["waiting", "done", "superseded"] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Why the network is not yet where it should be. */
export const TASK_ERRORS = [
  "network_timeout",
  "network_refused",
  "network_bad_answer",
  "state_differs",
  "speed_differs",
] as const;
export type TaskError = (typeof TASK_ERRORS)[number];

/** What the network does with walled services, setting `network.financial_block`. */
export const BLOCK_MODES = ["walled", "reject"] as const;
export type BlockMode = (typeof BLOCK_MODES)[number];

/** Outcomes of comparing billing with the network, `reconciliations.link`. */
export const NETWORK_LINK = "provisioning-radius";

/** A service that waits longer is out of step: people are told. */
export const OUT_OF_STEP_MS = 120_000;
