import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { MAX_LIMIT_MINOR } from "./constants";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });

export const OpenLimitInput = z.object({
  accountId: z.uuid(),
  /** The limit's id to be: the same key is the same limit, however often it is sent. */
  requestKey: z.uuid(),
  amountMinor: z
    .bigint()
    .positive({ error: "limit.not_positive" })
    .max(MAX_LIMIT_MINOR, { error: "limit.amount_too_large" }),
  /** Null or today = from now on. */
  fromOn: DayInput.nullable().default(null),
  /** Not in force any more on this day. */
  untilOn: DayInput,
  note: z.string().trim().max(500).nullable().default(null),
});
export type OpenLimitInput = z.input<typeof OpenLimitInput>;

export const CloseLimitInput = z.object({ accountId: z.uuid(), limitId: z.uuid() });
export type CloseLimitInput = z.input<typeof CloseLimitInput>;
