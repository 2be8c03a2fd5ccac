import { z } from "zod";

export const MonthInput = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "month.malformed" });

/** Why, in the person's own words; it stays in the audit. */
const ReasonInput = z.string().trim().min(3, { error: "reason.too_short" }).max(300);

export const PeriodInput = z.object({ legalEntityId: z.uuid(), month: MonthInput, reason: ReasonInput });
export type PeriodInput = z.input<typeof PeriodInput>;

export const DecidePeriodInput = z.object({ approvalId: z.uuid(), approve: z.boolean() });
export type DecidePeriodInput = z.input<typeof DecidePeriodInput>;
