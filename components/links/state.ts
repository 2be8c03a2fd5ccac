import type { Tone } from "@/components/ui/status-badge";
import type { LinkReading, LinkState } from "@/server/domain/links";

export const LINK_TONE: Record<LinkState, Tone> = {
  in_step: "ok",
  catching_up: "warn",
  behind: "danger",
  differs: "danger",
};

/** Colour and dash of a line on the map: the dash tells it without the colour. */
export const LINK_LINE: Record<LinkState, { stroke: string; dash: string; width: number }> = {
  in_step: { stroke: "var(--c3)", dash: "none", width: 2.4 },
  catching_up: { stroke: "var(--c5)", dash: "10 6", width: 3 },
  behind: { stroke: "var(--danger)", dash: "2 7", width: 3 },
  differs: { stroke: "var(--danger)", dash: "2 7", width: 3 },
};

const KNOWN = new Set([
  "network_timeout",
  "network_refused",
  "network_bad_answer",
  "state_differs",
  "speed_differs",
  "not_configured",
  "key_expired",
  "waiting",
  "no_task",
  "payment",
  "login_refused",
  "sender_refused",
  "busy",
  "unreachable",
  "timeout",
  "cannot_write",
  "interrupted",
  "no_answer",
]);

/** Message key for what the far side said; codes nobody has words for are «нет ответа», the code stays in the log. */
export function errorKey(code: string) {
  if (code.startsWith("mismatch:")) return "error.mismatch" as const;
  return (KNOWN.has(code) ? `error.${code}` : "error.other") as `error.${"other"}`;
}

/** What a state is told from, of a join and of a door alike. */
export type LinkFacts = Pick<LinkReading, "state" | "waiting" | "oldestAt" | "differences">;

/** The figure that the state's words speak of. */
export function stateCount(link: LinkFacts): number {
  return link.state === "differs" ? link.differences : link.waiting;
}
