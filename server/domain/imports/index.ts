export { ENCODINGS, type Encoding, type FileFault, type RowFault, SEPARATORS, type Separator } from "./constants";
export { fileFault } from "./errors";
export {
  type ImportOutcome,
  type ImportProgress,
  type ImportReport,
  type ImportRequest,
  importSubscribers,
  type Refusal,
} from "./import-subscribers";
export type { SourceFile, SourceRecord } from "./ports";
export { findMapping, parseMapping, SHIPPED_MAPPINGS, wantedColumns } from "./read-mapping";
export type { RowProblem } from "./rules/read-row";
export { faultText, problemText, REPORT_LANGUAGES, type ReportLanguage, reportText } from "./rules/report-text";
export type { Totals } from "./rules/totals";
export { ImportOptions, Mapping } from "./schema";
