export { approvePrice } from "./approve-price";
export { claimPromoCode } from "./claim-promo-code";
export {
  CHANGE_DIRECTIONS,
  CHANGE_TIMINGS,
  CHARGE_METHODS,
  type ChangeDirection,
  type ChangeTiming,
  type ChargeMethod,
  type DayRule,
  MEASURES,
  type Measure,
  MONEY_GATES,
  type MoneyGate,
  PRICERS,
  type Pricer,
  type Proration,
  TARIFF_KINDS,
  type TariffKind,
  type TariffStatus,
  UNIT_SIZES,
  UNITS,
  type Unit,
} from "./constants";
export { createTariff } from "./create-tariff";
export { endBundle } from "./end-bundle";
export { endPromoCode } from "./end-promo-code";
export { endSale } from "./end-sale";
export { listPriceProposals, type PriceProposal } from "./list-price-proposals";
export { listPromoCodes } from "./list-promo-codes";
export { proposePrice } from "./propose-price";
export { publishBundle } from "./publish-bundle";
export { publishPrice } from "./publish-price";
export { publishPromoCode } from "./publish-promo-code";
export { publishTariffs } from "./publish-tariffs";
export { type Catalog, type CatalogBundle, type CatalogPrice, readCatalog } from "./read-catalog";
export { readChangeMatrix } from "./read-change-matrix";
export { readPriceProposal } from "./read-price-proposal";
export { rejectPrice } from "./reject-price";
export { reopenSale } from "./reopen-sale";
export {
  type ChangeMatrix,
  type ChangeTerms,
  type ComparedTariff,
  changeTerms,
  comparedOn,
  directionOf,
} from "./rules/change-terms";
export { requireNoFault } from "./rules/check-price";
export { type PriceVersion, priceOn } from "./rules/price-on";
export { type GrantedDiscount, promoKey } from "./rules/promo-terms";
export {
  type MeterPricing,
  type MeterPricingOf,
  type StoredUsagePricing,
  UsagePricing,
  type UsageTier,
} from "./rules/usage-pricing";
export { type VatRate, vatInside, vatPercentOn } from "./rules/vat";
export {
  ApprovePriceInput,
  CreateTariffInput,
  DISCOUNT_SIZE,
  EndBundleInput,
  EndPromoCodeInput,
  hasOneSize,
  MAX_FEE_MINOR,
  PublishBundleInput,
  PublishPriceInput,
  PublishPromoCodeInput,
  PublishTariffInput,
  RejectPriceInput,
  SetChangeDefaultInput,
  SetChangePairInput,
  TariffInput,
} from "./schema";
export { setChangeDefault } from "./set-change-default";
export { setChangePair } from "./set-change-pair";
export { withdrawPrice } from "./withdraw-price";
