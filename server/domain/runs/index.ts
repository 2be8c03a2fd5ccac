export { BillAccountsInput, type BilledAccounts, billAccounts, MAX_ACCOUNTS } from "./bill-accounts";
export { changeTariff, previewTariffChange, type TariffChange } from "./change-tariff";
export type { Parked } from "./internal";
export { type ChargeLine, listCharges } from "./list-charges";
export { listDueAccounts } from "./list-due-accounts";
export { type NextCharge, readNextCharge } from "./read-next-charge";
export { HistoricalChargeInput, recordHistory } from "./record-history";
export { ChangeTariffInput } from "./schema";
export { transferOf } from "./write-charges";
