import type { RunAct } from "@/components/runs/run-actions";
import { isPreviewing } from "@/components/runs/run-params";
import type { Run } from "@/components/runs/run-types";

/** What a person may do to the run now, the next step first; the verbs ask again. */
export function actsOf(run: Run, may: (permission: "run:operate" | "run:approve") => boolean): RunAct[] {
  if (run.closedAt) return [];
  const operate = (...acts: RunAct[]) => (may("run:operate") ? acts : []);
  switch (run.state) {
    case "draft":
      return isPreviewing(run) ? operate("cancel") : operate("preview", "cancel");
    case "previewed":
      return [...(may("run:approve") && !run.isOwn ? (["approve"] as const) : []), ...operate("preview", "cancel")];
    case "approved":
      return operate("start", "preview", "cancel");
    case "running":
      return operate("pause", "cancel");
    case "paused":
    case "failed":
      return operate("resume", "cancel");
    case "finished":
      return run.isMonthOver ? operate("close") : [];
    case "cancelled":
      return [];
  }
}
