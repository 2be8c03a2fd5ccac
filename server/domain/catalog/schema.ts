import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import {
  CATALOG_CODE,
  CHANGE_DIRECTIONS,
  CHANGE_TIMINGS,
  CHARGE_METHODS,
  DAY_RULES,
  MONEY_GATES,
  PERIOD_MONTHS,
  PRORATIONS,
  TARIFF_KINDS,
  VAT_CODES,
} from "./constants";
import { priceFaults } from "./rules/check-price";
import { promoKey } from "./rules/promo-terms";
import { storedPricing, UsagePricing } from "./rules/usage-pricing";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });

/** Highest fee anyone may publish by hand: a slipped finger is not a price. */
export const MAX_FEE_MINOR = 100_000_000_00n;

/** A terabit: more is a slip. */
const MAX_KBPS = 1_000_000_000;

/** A slip of the hand is told by name. */
const Fee = z
  .bigint()
  .refine((fee) => fee >= 0n, { error: "price.negative" })
  .refine((fee) => fee <= MAX_FEE_MINOR, { error: "price.too_high" });

const PhaseInput = z.object({
  /** From 1, without a gap. */
  position: z.int().min(1).max(12),
  months: z.int().min(1).max(60),
  feeMinor: Fee,
  isTrial: z.boolean().default(false),
});

const PriceFields = z.object({
  newFrom: DayInput,
  existingFrom: DayInput.nullable().default(null),
  feeMinor: Fee,
  chargeMethod: z.enum(CHARGE_METHODS).default("monthly"),
  moneyGate: z.enum(MONEY_GATES).default("if_enough"),
  prorationStart: z.enum(PRORATIONS).default("actual_days"),
  prorationChange: z.enum(PRORATIONS).default("actual_days"),
  prorationStop: z.enum(PRORATIONS).default("actual_days"),
  dayRule: z.enum(DAY_RULES).default("connection_in"),
  periodMonths: z.literal(PERIOD_MONTHS).default(1),
  /** How many periods are charged at the most; null = no end. */
  maxCharges: z.int().min(1).max(600).nullable().default(null),
  /** Of `usage` and of nothing else: a pricer for each meter. */
  usagePricing: UsagePricing.transform(storedPricing).nullable().default(null),
  /** The first months that cost otherwise, in order. */
  phases: z.array(PhaseInput).max(12).default([]),
});

/** Nothing contradicts itself; usage has pricers instead of a fee, and is counted by the account's own month. */
function checkPrice(price: z.output<typeof PriceFields>, context: z.RefinementCtx): void {
  const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  for (const { field, reason } of priceFaults(price)) complain(field, reason);
  if (price.chargeMethod !== "usage") {
    if (price.usagePricing !== null) complain("usagePricing", "price.usage_pricing_unwanted");
    return;
  }
  if (price.usagePricing === null) complain("usagePricing", "price.usage_pricing_missing");
  if (price.feeMinor !== 0n) complain("feeMinor", "price.usage_has_fee");
  if (price.periodMonths !== 1) complain("periodMonths", "price.usage_is_monthly");
}

export const PriceInput = PriceFields.superRefine(checkPrice);

const TariffFields = z.object({
  code: z.string().regex(CATALOG_CODE),
  nameRu: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().min(1).max(120),
  kind: z.enum(TARIFF_KINDS),
  downKbps: z.int().positive().max(MAX_KBPS).nullable().default(null),
  upKbps: z.int().positive().max(MAX_KBPS).nullable().default(null),
  revenueCode: z.string().regex(/^revenue:[a-z0-9_-]+$/),
  vatCode: z.enum(VAT_CODES).default("standard"),
  /** Of a button that gives its speed for so many hours. */
  boostHours: z.int().min(1).max(720).nullable().default(null),
  isPublic: z.boolean().default(true),
  price: PriceInput,
});

/** What reaches the network has a speed; a boost is an addition with one, paid once. */
function checkTariff(tariff: z.output<typeof TariffFields>, context: z.RefinementCtx): void {
  const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const { kind, boostHours, downKbps, upKbps, price } = tariff;
  const field = downKbps === null ? "downKbps" : "upKbps";
  const hasSpeed = downKbps !== null && upKbps !== null;
  if (kind === "internet" && !hasSpeed) complain(field, "tariff.speed_missing");
  if (boostHours === null) return;
  if (kind !== "option") complain("boostHours", "tariff.boost_incomplete");
  else if (!hasSpeed) complain(field, "tariff.boost_incomplete");
  else if (price.chargeMethod !== "one_off") complain("boostHours", "tariff.boost_incomplete");
}

export const PublishTariffInput = TariffFields.superRefine(checkTariff);
export type PublishTariffInput = z.input<typeof PublishTariffInput>;

/** A tariff with the price that a second person will be asked about. */
export const CreateTariffInput = TariffFields.superRefine(checkTariff);
export type CreateTariffInput = z.input<typeof CreateTariffInput>;

export const TariffInput = z.object({ tariffId: z.uuid() });
export type TariffInput = z.input<typeof TariffInput>;

export const PublishPriceInput = PriceFields.extend({ tariffId: z.uuid() }).superRefine(checkPrice);
export type PublishPriceInput = z.input<typeof PublishPriceInput>;

const ChangeFee = z.bigint().min(0n).max(MAX_FEE_MINOR);

export const SetChangeDefaultInput = z.object({
  direction: z.enum(CHANGE_DIRECTIONS),
  allowed: z.boolean(),
  /** Once, VAT inside. */
  feeMinor: ChangeFee,
  timing: z.enum(CHANGE_TIMINGS),
});
export type SetChangeDefaultInput = z.input<typeof SetChangeDefaultInput>;

export const SetChangePairInput = z.object({
  fromTariffId: z.uuid(),
  toTariffId: z.uuid(),
  /** Null takes the pair's own words away; a null inside means "as the direction says". */
  terms: z
    .object({ allowed: z.boolean(), feeMinor: ChangeFee.nullable(), timing: z.enum(CHANGE_TIMINGS).nullable() })
    .nullable(),
});
export type SetChangePairInput = z.input<typeof SetChangePairInput>;

/** Hundredths of a percent. */
const ShareBp = z.int().min(0).max(10_000);

export const PublishBundleInput = z.object({
  code: z.string().regex(CATALOG_CODE),
  nameRu: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().min(1).max(120),
  validFrom: DayInput,
  validTo: DayInput.nullable().default(null),
  parts: z.array(z.object({ tariffId: z.uuid(), discountBp: ShareBp })).max(20),
});
export type PublishBundleInput = z.input<typeof PublishBundleInput>;

export const EndBundleInput = z.object({ bundleId: z.uuid(), validTo: DayInput });
export type EndBundleInput = z.input<typeof EndBundleInput>;

/** Of a discount either a share or a sum is set. */
export const DISCOUNT_SIZE = {
  percentBp: ShareBp.min(1).nullable().default(null),
  amountMinor: Fee.refine((sum) => sum > 0n, { error: "price.negative" })
    .nullable()
    .default(null),
};
interface DiscountSize {
  readonly percentBp: number | null;
  readonly amountMinor: bigint | null;
}
export const hasOneSize = (size: DiscountSize) => (size.percentBp === null) !== (size.amountMinor === null);

export const PublishPromoCodeInput = z
  .object({
    code: z
      .string()
      .transform(promoKey)
      .pipe(z.string().regex(/^[\p{Lu}\d][\p{Lu}\d-]{2,31}$/u, { error: "promo.code_malformed" })),
    ...DISCOUNT_SIZE,
    /** Calendar months it lasts from the day of redemption; null = for good. */
    months: z.int().min(1).max(60).nullable().default(null),
    validFrom: DayInput,
    validTo: DayInput.nullable().default(null),
    totalLimit: z.int().min(1).max(10_000_000).nullable().default(null),
    perCustomerLimit: z.int().min(1).max(100).default(1),
    /** Empty = every tariff. */
    tariffIds: z.array(z.uuid()).max(200).default([]),
  })
  .refine(hasOneSize, { error: "discount.one_size" })
  .refine((promo) => promo.validTo === null || promo.validTo > promo.validFrom, {
    error: "promo.ends_before_it_starts",
  });
export type PublishPromoCodeInput = z.input<typeof PublishPromoCodeInput>;

export const EndPromoCodeInput = z.object({ promoCodeId: z.uuid() });
export type EndPromoCodeInput = z.input<typeof EndPromoCodeInput>;

export const ApprovePriceInput = z.object({ proposalId: z.uuid() });
export type ApprovePriceInput = z.input<typeof ApprovePriceInput>;

export const RejectPriceInput = z.object({
  proposalId: z.uuid(),
  reason: z.string().trim().min(3, { error: "proposal.reason_too_short" }).max(500),
});
export type RejectPriceInput = z.input<typeof RejectPriceInput>;
