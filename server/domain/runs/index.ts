export { approveRun } from "./approve-run";
export { BillAccountsInput, type BilledAccounts, billAccounts, MAX_ACCOUNTS } from "./bill-accounts";
export { type CancelledRun, cancelRun } from "./cancel-run";
export { changeTariff, previewTariffChange, type TariffChange } from "./change-tariff";
export { closeRun, type RunProof } from "./close-run";
export { DEFAULT_BLOCK_DELAY_DAYS } from "./constants";
export { failRun } from "./fail-run";
export { finishRun } from "./finish-run";
export type { Parked } from "./internal";
export { type ChargeLine, listCharges } from "./list-charges";
export { listDueAccounts } from "./list-due-accounts";
export { listOutlooks, type Outlook } from "./list-outlooks";
export { listPeriodFees } from "./list-period-fees";
export { listRunAccounts, type RunAccount, type RunAccountPage } from "./list-run-accounts";
export { type ListedRun, listRuns } from "./list-runs";
export { openRun } from "./open-run";
export { pauseRun } from "./pause-run";
export { laneJob, previewChunk, previewRun } from "./preview-run";
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
export { type RunReading, type RunTotals, readRun, type StageReading } from "./read-run";
export {
  readAccountTariffs,
  readTariffChoices,
  type ScheduledTariff,
  type TariffOnAccount,
} from "./read-tariff-choices";
export { HistoricalChargeInput, recordHistory } from "./record-history";
export { resumeRun } from "./resume-run";
export type { FeeMove, Shortfall, TrialEnd } from "./rules/outlook";
export type { PriceLines } from "./rules/price-lines";
export type { RunAct } from "./rules/run-state";
export type { PaidTariff, TariffChoice } from "./rules/tariff-choices";
export { type RunStep, runChunk } from "./run-chunk";
export {
  AddOnInput,
  ChangeTariffInput,
  ListRunAccountsInput,
  OpenRunInput,
  ParkedInput,
  PreviewTariffChangeInput,
  RunInput,
  StartAddOnInput,
  StartBoostInput,
  TariffChoicesInput,
} from "./schema";
export { startAddOn } from "./start-add-on";
export { startBoost } from "./start-boost";
export { startRun } from "./start-run";
export { type WorkedParked, workParked } from "./work-parked";
export { transferOf } from "./write-charges";
