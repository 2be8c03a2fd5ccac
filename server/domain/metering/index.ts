export { addIdentifier } from "./add-identifier";
export { type ChangedFault, changeFault } from "./change-fault";
export { claimRecords } from "./claim-records";
export {
  FAULT_STATES,
  FAULTS,
  type Fault,
  type FaultState,
  IDENTIFIER_KINDS,
  type IdentifierKind,
  MOST_UNITS,
} from "./constants";
export { dropFaults } from "./drop-faults";
export { endIdentifier } from "./end-identifier";
export { type FaultPage, type FaultRow, listFaults } from "./list-faults";
export { type IdentifierRow, listIdentifiers } from "./list-identifiers";
export { listMeteredSubscriptions, type MeteredSubscription } from "./list-metered-subscriptions";
export { listRecords, type MeteredRecord, type RecordPage } from "./list-records";
export { type LoadedSpan, loadRecords, type SpanToLoad } from "./load-records";
export { type RetriedFaults, retryFaults } from "./retry-faults";
export type { UsageRecord } from "./rules/classify-record";
export { readIdentifier } from "./rules/identifier";
export {
  AddIdentifierInput,
  ChangeFaultInput,
  DropFaultsInput,
  EndIdentifierInput,
  ListFaultsInput,
  ListIdentifiersInput,
  ListRecordsInput,
  RetryFaultsInput,
} from "./schema";
export { MAX_RECORDS, type StoredRecords, storeRecords, type TakenRecord } from "./store-records";
