import { z } from "zod";
import { MEASURES } from "@/server/domain/catalog";
import { isDay } from "@/server/kernel/day";
import { ASSIGNED_KINDS, FAULT_STATES, FAULTS, IDENTIFIER_KINDS, MOST_UNITS } from "./constants";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });
const SourceInput = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
const NoteInput = z.string().trim().min(3).max(300);

export const AddIdentifierInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  kind: z.enum(ASSIGNED_KINDS),
  value: z.string().trim().min(1).max(120),
  validFrom: DayInput,
});
export type AddIdentifierInput = z.input<typeof AddIdentifierInput>;

export const EndIdentifierInput = z.object({ accountId: z.uuid(), identifierId: z.uuid(), validTo: DayInput });
export type EndIdentifierInput = z.input<typeof EndIdentifierInput>;

export const ListIdentifiersInput = z.object({ accountId: z.uuid() });
export type ListIdentifiersInput = z.input<typeof ListIdentifiersInput>;

/** What a queue of faults is narrowed by. */
export const FaultFilterInput = z.object({
  state: z.enum(FAULT_STATES).default("open"),
  reason: z.enum(FAULTS).optional(),
  source: SourceInput.optional(),
});
export type FaultFilterInput = z.input<typeof FaultFilterInput>;

export const ListFaultsInput = FaultFilterInput.extend({
  /** Id of the last fault of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListFaultsInput = z.input<typeof ListFaultsInput>;

/** A record as a person puts it right: named by an identifier, or given to a subscription outright. */
export const ChangeFaultInput = z.object({
  faultId: z.uuid(),
  whose: z.discriminatedUnion("by", [
    z.object({ by: z.literal("identifier"), kind: z.enum(IDENTIFIER_KINDS), value: z.string().trim().min(1).max(120) }),
    z.object({ by: z.literal("account"), accountNumber: z.string().trim().min(1).max(60) }),
  ]),
  /** By the operator's clock. */
  day: DayInput,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: "time.malformed" }),
  meter: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, { error: "usage.meter_malformed" }),
  measure: z.enum(MEASURES),
  units: z.bigint().min(0n).max(MOST_UNITS),
});
export type ChangeFaultInput = z.input<typeof ChangeFaultInput>;

export const RetryFaultsInput = FaultFilterInput.omit({ state: true });
export type RetryFaultsInput = z.input<typeof RetryFaultsInput>;

export const DropFaultsInput = z.object({ faultIds: z.array(z.uuid()).min(1).max(200), note: NoteInput });
export type DropFaultsInput = z.input<typeof DropFaultsInput>;

export const ListRecordsInput = z
  .object({
    accountId: z.uuid(),
    subscriptionId: z.uuid(),
    /** Days, `[from, to)`. */
    from: DayInput,
    to: DayInput,
    limit: z.int().min(1).max(500).default(100),
  })
  .refine(({ from, to }) => from < to, { error: "period.ends_before_it_starts", path: ["to"] });
export type ListRecordsInput = z.input<typeof ListRecordsInput>;
