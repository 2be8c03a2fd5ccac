export { BillAccountsInput, type BilledAccounts, billAccounts, MAX_ACCOUNTS } from "./bill-accounts";
export type { Parked } from "./internal";
export { type ChargeLine, listCharges } from "./list-charges";
export { listDueAccounts } from "./list-due-accounts";
export { listOutlooks, type Outlook } from "./list-outlooks";
export { type NextCharge, readNextCharge } from "./read-next-charge";
export { HistoricalChargeInput, recordHistory } from "./record-history";
export type { Shortfall, TrialEnd } from "./rules/outlook";
export { transfersOf } from "./write-charges";
