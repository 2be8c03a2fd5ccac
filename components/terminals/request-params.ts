import type { Params } from "@/components/blocks/table-url";

export const TERMINALS_PATH = "/billing/terminals";
export const SHOWN = ["all", "payments", "refusals"] as const;
export type Shown = (typeof SHOWN)[number];

/** Which requests an address asks for; anything else is all of them. */
export const readShown = ({ show }: Params): Shown => SHOWN.find((one) => one === show) ?? "all";
