export { cancelAdvance } from "./cancel-advance";
export { closePeriod } from "./close-period";
export {
  CORRECTION_REASONS,
  type CorrectionReason,
  DOCUMENT_KINDS,
  type DocumentKind,
} from "./constants";
export { type Corrected, correctCharge } from "./correct-charge";
export { decideCorrection } from "./decide-correction";
export { decidePeriod } from "./decide-period";
export { type IssuedInvoices, issueInvoices } from "./issue-invoices";
export { issuePaymentRequest } from "./issue-payment-request";
export { type AdjustmentLine, listAdjustments } from "./list-adjustments";
export { listCorrections, type WaitingCorrection } from "./list-corrections";
export {
  type InvoicePage,
  type ListedDocument,
  type ListedInvoice,
  listDocuments,
  listInvoices,
} from "./list-documents";
export { listInvoiceableAccounts, readDocumentsFrom, readPaymentTermDays } from "./list-invoiceable-accounts";
export { type EntityPeriods, listPeriods, type PeriodRow } from "./list-periods";
export { listAdvanceAccounts, openAdvances, type Received } from "./open-advances";
export { type DocumentLine, type DocumentView, listDrafts, type Party, readDocument } from "./read-document";
export { type DocumentSettings, readDocumentSettings } from "./read-document-settings";
export { type DocumentsTie, readDocumentsTie } from "./read-documents-tie";
export { type MonthComparison, readMonthComparison } from "./read-month-comparison";
export { reopenPeriod } from "./reopen-period";
export type { CloseObstacle } from "./rules/close-obstacles";
export type { ChangeCause, ComparedLine, MonthLine } from "./rules/compare-months";
export {
  CorrectChargeInput,
  DecideCorrectionInput,
  DecidePeriodInput,
  IssueInvoicesInput,
  IssuePaymentRequestInput,
  ListInvoicesInput,
  MAX_INVOICED_ACCOUNTS,
  PeriodInput,
  SetDocumentSettingsInput,
  StartMonthIssueInput,
} from "./schema";
export { setDocumentSettings } from "./set-document-settings";
export { startMonthIssue } from "./start-month-issue";
