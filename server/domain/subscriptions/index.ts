export { addBoost, type NewBoost } from "./add-boost";
export { agreeDiscount } from "./agree-discount";
export { agreePersonalPrice } from "./agree-personal-price";
export { applyScheduledChanges, type DueChange } from "./apply-scheduled-changes";
export { beginSuspension } from "./begin-suspension";
export { cancelTariffChange } from "./cancel-tariff-change";
export { cancelFees, chargeFee, type FeeSubject } from "./charge-fee";
export {
  BLOCK_REASONS,
  type BlockReason,
  END_REASONS,
  FEE_KINDS,
  FEE_RETURNED,
  type FeeKind,
  SUSPENSION_SETTING,
} from "./constants";
export { endAddOn } from "./end-add-on";
export { endDiscount } from "./end-discount";
export { endSubscription } from "./end-subscription";
export { endSuspension } from "./end-suspension";
export { closeFinancialBlocks, openFinancialBlocks, type SubscriptionKey } from "./financial-blocks";
export { liftBlock } from "./lift-block";
export { type BoostRow, findBoost, listBoosts } from "./list-boosts";
export { type ChangeFee, listChangeFees } from "./list-change-fees";
export {
  type BlockRow,
  type DiscountRow,
  type EarlierTerm,
  listBlocks,
  listDiscounts,
  listScheduledChanges,
  listSubscriptions,
  type PersonalPriceRow,
  type ScheduledChangeRow,
  type SubscriptionRow,
} from "./list-subscriptions";
export { listTerms, type SubscriptionLife } from "./list-terms";
export { placeBlock } from "./place-block";
export { ofCharge } from "./read-fees";
export { readSuspension, type SuspensionView } from "./read-suspension";
export { readSuspensionSetting, type SuspensionSetting } from "./read-suspension-setting";
export { readTariffCounts } from "./read-tariff-counts";
export { type RedeemedPromoCode, redeemPromoCode } from "./redeem-promo-code";
export { isInForce } from "./rules/block-interval";
export { type PresentTerm, type SubscriptionTerm, termsOf } from "./rules/terms-of";
export {
  AgreeDiscountInput,
  AgreePersonalPriceInput,
  BeginSuspensionInput,
  CancelTariffChangeInput,
  EndAddOnInput,
  EndDiscountInput,
  EndSubscriptionInput,
  EndSuspensionInput,
  LiftBlockInput,
  PlaceBlockInput,
  RedeemPromoCodeInput,
  SetSuspensionPolicyInput,
  StartSubscriptionInput,
} from "./schema";
export { setSuspensionPolicy } from "./set-suspension-policy";
export { startSubscriptions } from "./start-subscriptions";
