import { z } from "zod";
import { MAX_FEE_MINOR } from "@/server/domain/catalog";
import { isDay } from "@/server/kernel/day";
import { END_REASONS } from "./constants";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });

export const CancelTariffChangeInput = z.object({ accountId: z.uuid(), subscriptionId: z.uuid() });
export type CancelTariffChangeInput = z.input<typeof CancelTariffChangeInput>;

export const StartSubscriptionInput = z.object({
  accountId: z.uuid(),
  tariffId: z.uuid(),
  startedOn: DayInput,
  /** Only for what is already over when it is taken on, as by an import. */
  endedOn: DayInput.nullable().default(null),
  /** First day of the first period that is ours to charge, when another system has charged the earlier ones. */
  billedFrom: DayInput.nullable().default(null),
  quantity: z.int().min(1).max(1000).default(1),
  personalFeeMinor: z.bigint().min(0n).max(MAX_FEE_MINOR).nullable().default(null),
});
export type StartSubscriptionInput = z.input<typeof StartSubscriptionInput>;

export const EndSubscriptionInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  endedOn: DayInput,
  reason: z.enum(END_REASONS),
});
export type EndSubscriptionInput = z.input<typeof EndSubscriptionInput>;

export const AgreePersonalPriceInput = z
  .object({
    accountId: z.uuid(),
    subscriptionId: z.uuid(),
    validFrom: DayInput,
    validTo: DayInput.nullable().default(null),
    feeMinor: z.bigint().min(0n).max(MAX_FEE_MINOR),
  })
  .refine((price) => price.validTo === null || price.validTo > price.validFrom, {
    error: "price.ends_before_it_starts",
  });
export type AgreePersonalPriceInput = z.input<typeof AgreePersonalPriceInput>;

export const PlaceBlockInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid().nullable().default(null),
  reason: z.enum(["administrative", "voluntary"]),
  note: z.string().trim().max(500).nullable().default(null),
});
export type PlaceBlockInput = z.input<typeof PlaceBlockInput>;

export const LiftBlockInput = z.object({ accountId: z.uuid(), blockId: z.uuid() });
export type LiftBlockInput = z.input<typeof LiftBlockInput>;
