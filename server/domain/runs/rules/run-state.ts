import { DomainError } from "@/server/kernel/errors";
import type { RunState } from "../constants";

/** From which states each act is allowed. What a run did by itself (finish, fail) is here too. */
const FROM = {
  preview: ["draft", "previewed", "approved"],
  approve: ["previewed"],
  start: ["approved"],
  pause: ["running"],
  resume: ["paused", "failed"],
  cancel: ["draft", "previewed", "approved", "running", "paused", "failed"],
  work: ["running", "paused", "failed", "finished"],
  close: ["finished"],
} as const satisfies Record<string, readonly RunState[]>;

export type RunAct = keyof typeof FROM;

export interface ActedRun {
  readonly state: RunState;
  readonly closedAt: Date | null;
}

export function mayAct(run: ActedRun, act: RunAct): boolean {
  return run.closedAt === null && (FROM[act] as readonly RunState[]).includes(run.state);
}

/** Throws `precondition`: `run.closed` when it has been closed, else `run.wrong_state` with the state it is in. */
export function requireAct(run: ActedRun, act: RunAct): void {
  if (run.closedAt !== null) throw new DomainError("precondition", "run.closed");
  if (!mayAct(run, act)) throw new DomainError("precondition", "run.wrong_state", { state: run.state, act });
}
