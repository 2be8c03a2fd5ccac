import type { BlockMode, ServiceState, TaskError } from "../constants";
import type { NetworkView } from "../ports";

export interface DesiredAccess {
  readonly state: ServiceState;
  readonly downKbps: number;
  readonly upKbps: number;
}

/**
 * Null when the network does what is desired. With `reject` a walled service is refused, so from outside it looks closed.
 * Speeds matter only to an active service: a walled garden has its own.
 */
export function disagreement(
  desired: DesiredAccess,
  seen: NetworkView,
  mode: BlockMode,
): Extract<TaskError, "state_differs" | "speed_differs"> | null {
  const expected = desired.state === "walled" && mode === "reject" ? "closed" : desired.state;
  if (seen.state !== expected) return "state_differs";
  if (expected !== "active") return null;
  return seen.downKbps === desired.downKbps && seen.upKbps === desired.upKbps ? null : "speed_differs";
}
