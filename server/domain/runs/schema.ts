import { z } from "zod";
import { MAX_FEE_MINOR } from "@/server/domain/catalog";
import { isDay } from "@/server/kernel/day";
import { RUN_CHUNK, RUN_FINDINGS, TARIFF_CHANGE_TIMES } from "./constants";

export const TariffChoicesInput = z.object({ accountId: z.uuid(), subscriptionId: z.uuid() });
export type TariffChoicesInput = z.input<typeof TariffChoicesInput>;

export const PreviewTariffChangeInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  toTariffId: z.uuid(),
  /** `next_period`: free of charge until then and can be taken back. `now`: unused days are given back, the rest is charged. */
  when: z.enum(TARIFF_CHANGE_TIMES),
});
export type PreviewTariffChangeInput = z.input<typeof PreviewTariffChangeInput>;

export const ChangeTariffInput = PreviewTariffChangeInput.extend({
  /** What the preview said: another outcome is not what was agreed to. Null where nobody was shown anything. */
  agreed: z
    .object({
      effectiveOn: z.string().refine(isDay, { error: "day.malformed" }),
      /** Leaves the balance at once; negative when more comes back. */
      costMinor: z.bigint(),
      feeAfterMinor: z.bigint(),
    })
    .nullable()
    .default(null),
});
export type ChangeTariffInput = z.input<typeof ChangeTariffInput>;

export const OpenRunInput = z.object({
  /** "2026-10". */
  period: z.string().max(20),
  /** Needed only where the operator has more than one company. */
  legalEntityId: z.uuid().optional(),
  chunkSize: z.int().min(1).max(10_000).default(RUN_CHUNK),
});
export type OpenRunInput = z.input<typeof OpenRunInput>;

export const RunInput = z.object({ runId: z.uuid() });
export type RunInput = z.input<typeof RunInput>;

export const ParkedInput = z.object({ runId: z.uuid(), accountId: z.uuid() });
export type ParkedInput = z.input<typeof ParkedInput>;

export const ListRunAccountsInput = z.object({
  runId: z.uuid(),
  finding: z.enum(RUN_FINDINGS),
  /** Account id of the last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListRunAccountsInput = z.input<typeof ListRunAccountsInput>;

export const AddOnInput = z.object({
  accountId: z.uuid(),
  tariffId: z.uuid(),
  quantity: z.int().min(1).max(99).default(1),
});
export type AddOnInput = z.input<typeof AddOnInput>;

/** The fee that was on the screen when it was ticked: another one is not what was agreed to. */
const agreedFeeMinor = z
  .bigint()
  .min(0n)
  .max(MAX_FEE_MINOR * 99n);

export const StartAddOnInput = AddOnInput.extend({ agreedFeeMinor });
export type StartAddOnInput = z.input<typeof StartAddOnInput>;

export const StartBoostInput = z.object({
  accountId: z.uuid(),
  tariffId: z.uuid(),
  agreedFeeMinor,
  /** Made when the dialog opens: one boost for one key, however often it is pressed. */
  requestKey: z.uuid(),
});
export type StartBoostInput = z.input<typeof StartBoostInput>;
