export { agreePersonalPrice } from "./agree-personal-price";
export { applyScheduledChanges, type DueChange } from "./apply-scheduled-changes";
export { cancelTariffChange } from "./cancel-tariff-change";
export { BLOCK_REASONS, type BlockReason, END_REASONS } from "./constants";
export { endSubscription } from "./end-subscription";
export { closeFinancialBlocks, openFinancialBlocks, type SubscriptionKey } from "./financial-blocks";
export { liftBlock } from "./lift-block";
export {
  type BlockRow,
  type DiscountRow,
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
export { type PresentTerm, type SubscriptionTerm, termsOf } from "./rules/terms-of";
export {
  AgreePersonalPriceInput,
  CancelTariffChangeInput,
  EndSubscriptionInput,
  LiftBlockInput,
  PlaceBlockInput,
  StartSubscriptionInput,
} from "./schema";
export { startSubscriptions } from "./start-subscriptions";
