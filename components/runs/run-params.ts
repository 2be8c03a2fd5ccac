import { type Params, tableHref } from "@/components/blocks/table-url";
import type { Run, Stage } from "./run-types";

/** What of a run may be looked at, in the order of the tabs. */
export const RUN_VIEWS = ["anomaly", "changes", "parked", "refused", "skipped", "settled"] as const;
export type RunView = (typeof RUN_VIEWS)[number];

export const RUNS_PATH = "/billing/runs";

export interface RunParams {
  readonly runId: string;
  readonly show: RunView;
  readonly after: string | null;
}

/** `?show=parked&after=…`; what is not there is what waits for a person first. */
export function readRunParams(runId: string, params: Params, run: Run): RunParams {
  const show = RUN_VIEWS.find((view) => view === params.show) ?? firstView(run);
  return { runId, show, after: typeof params.after === "string" ? params.after : null };
}

function firstView(run: Run): RunView {
  const stage = run.charging ? "charge" : "preview";
  const isParked = run.findings.some((one) => one.finding === "parked" && one.stage === stage);
  return isParked && run.charging ? "parked" : "anomaly";
}

export function runHref({ runId, show }: Pick<RunParams, "runId" | "show">, after?: string): string {
  return tableHref(`${RUNS_PATH}/${runId}`, { show }, { after });
}

/** The stage whose figures stand in front: what has been charged, before that what would be. */
export function shownStage(run: Run): Stage | null {
  return run.charging ?? run.preview;
}

export function isWorking(run: Run): boolean {
  return run.state === "running" || isPreviewing(run);
}

/** A draft that a preview is being made of, and has not stopped at; still one while its last chunk is done and its state not turned. */
export function isPreviewing({ state, preview, failure }: Run): boolean {
  return state === "draft" && preview !== null && failure === null;
}

/** How many accounts each view shows, of the stage in front; oddities are the preview's. */
export function countOf(run: Run, view: RunView): number {
  if (view === "changes") return run.changes.length;
  const stage = view !== "anomaly" && run.charging ? "charge" : "preview";
  return run.findings
    .filter((one) => one.finding === view && one.stage === stage)
    .reduce((sum, one) => sum + one.accounts, 0);
}
