import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { ListedRun } from "./run-types";

const TONES = {
  draft: "off",
  previewed: "warn",
  approved: "info",
  running: "info",
  paused: "warn",
  finished: "ok",
  closed: "ok",
  cancelled: "off",
  failed: "danger",
} as const satisfies Record<string, Tone>;

type Props = { run: Pick<ListedRun, "state" | "closedAt">; size?: "m" | "s" };

/** Where a run stands, in one word. */
export function RunStateBadge({ run, size = "m" }: Props) {
  const t = useTranslations("runs.state");
  const state = run.closedAt ? "closed" : run.state;
  return (
    <StatusBadge tone={TONES[state]} size={size}>
      {t(state)}
    </StatusBadge>
  );
}
