export {
  CHARGE_METHODS,
  type ChargeMethod,
  type DayRule,
  MONEY_GATES,
  type MoneyGate,
  type Proration,
  TARIFF_KINDS,
  type TariffKind,
} from "./constants";
export { publishPrice } from "./publish-price";
export { publishTariffs } from "./publish-tariffs";
export { type Catalog, type CatalogBundle, type CatalogPrice, readCatalog } from "./read-catalog";
export { type PriceVersion, priceOn } from "./rules/price-on";
export { type VatRate, vatInside, vatPercentOn } from "./rules/vat";
export { MAX_FEE_MINOR, PublishPriceInput, PublishTariffInput } from "./schema";
