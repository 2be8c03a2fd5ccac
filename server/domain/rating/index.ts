export { applyChanges, changedTo } from "./rules/apply-changes";
export { isOpenOn as isOpenBlock } from "./rules/blocked-days";
export { chargeKey, isUsage, type LineKind, termKey } from "./rules/charge-key";
export { type ChargedDays, chargedDays } from "./rules/charged-days";
export type { AppliedDiscount } from "./rules/discounts";
export { anchorOf, type ChargeDetail, type ProposedCharge, periodOf } from "./rules/due-lines";
export { type ForeseenAddition, foreseeAddition, type PriceTurn, turnOf } from "./rules/foresee-addition";
export {
  type Foreseen,
  type ForeseenCharge,
  type ForeseenDay,
  foreseeCharges,
  foreseeDays,
} from "./rules/foresee-charges";
export { type Moment, momentOf } from "./rules/moment";
export { missingMinor, passesPrepaidGate, sumOf } from "./rules/money-gate";
export { type PriceMove, type PriceStay, type ProposedVersion, priceMove, yearOf } from "./rules/price-move";
export {
  type AccountOutcome,
  type AccountSnapshot,
  availableOn,
  type DueLater,
  proposeAccount,
} from "./rules/propose-account";
export { type PeriodQuote, type PriceSurroundings, priceOf, quoteIfPriced, quotePeriod } from "./rules/quote-period";
export {
  type MeterUsage,
  type RatedUsage,
  rateUsage,
  type UsageCarry,
  type UsageDetail,
  type UsageToRate,
} from "./rules/rate-usage";
export { type HadTariff, termStart } from "./rules/term-of";
export { type ChargedLine, type ProposedCredit, trueUp } from "./rules/true-up";
export type { SubscriptionUsage, UsageLine, UsedSpan } from "./rules/usage-lines";
export { type UsageSpan, usageSpans } from "./rules/usage-periods";
export type { StepDetail } from "./rules/usage-steps";
