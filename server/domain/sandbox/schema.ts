import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { CLOCK_STEPS, MAX_PAYMENT_MINOR } from "./constants";

export const CopyAccountInput = z.object({ accountId: z.uuid() });
export type CopyAccountInput = z.input<typeof CopyAccountInput>;

/** A copy is named by its own account in the sandbox. */
export const CopyInput = z.object({ copyId: z.uuid() });
export type CopyInput = z.input<typeof CopyInput>;

export const MoveClockInput = CopyInput.extend({ step: z.enum(CLOCK_STEPS) });
export type MoveClockInput = z.input<typeof MoveClockInput>;

export const PlanPaymentInput = CopyInput.extend({
  amountMinor: z
    .bigint()
    .positive({ error: "payment.amount_too_small" })
    .max(MAX_PAYMENT_MINOR, { error: "payment.amount_too_large" }),
  /** Today by the copy's clock, or a day ahead of it. */
  paidOn: z.string().refine(isDay, { error: "day.malformed" }),
});
export type PlanPaymentInput = z.input<typeof PlanPaymentInput>;
