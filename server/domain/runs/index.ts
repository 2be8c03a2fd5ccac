export { BillAccountsInput, type BilledAccounts, billAccounts, MAX_ACCOUNTS } from "./bill-accounts";
export { changeTariff, previewTariffChange, type TariffChange } from "./change-tariff";
export type { Parked } from "./internal";
export { type ChargeLine, listCharges } from "./list-charges";
export { listDueAccounts } from "./list-due-accounts";
export { listOutlooks, type Outlook } from "./list-outlooks";
export { readAddOnPreview } from "./read-add-on-preview";
export { type AddOns, type ConnectedAddOn, type Offer, readAddOns } from "./read-add-ons";
export { type NextCharge, readNextCharge } from "./read-next-charge";
export {
  type AffectedRow,
  type ImpactSample,
  type PriceImpact,
  type ProposedPriceVersion,
  readPriceImpact,
} from "./read-price-impact";
export {
  readAccountTariffs,
  readTariffChoices,
  type ScheduledTariff,
  type TariffOnAccount,
} from "./read-tariff-choices";
export { HistoricalChargeInput, recordHistory } from "./record-history";
export type { Shortfall, TrialEnd } from "./rules/outlook";
export type { PriceLines } from "./rules/price-lines";
export type { PaidTariff, TariffChoice } from "./rules/tariff-choices";
export {
  AddOnInput,
  ChangeTariffInput,
  PreviewTariffChangeInput,
  StartAddOnInput,
  StartBoostInput,
  TariffChoicesInput,
} from "./schema";
export { startAddOn } from "./start-add-on";
export { startBoost } from "./start-boost";
export { transferOf } from "./write-charges";
