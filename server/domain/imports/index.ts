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
export { importUsage, type UsageProblem, type UsageProgress, type UsageReport } from "./import-usage";
export type { SourceFile, SourceRecord } from "./ports";
export {
  findMapping,
  findUsageMapping,
  parseMapping,
  parseUsageMapping,
  SHIPPED_MAPPINGS,
  SHIPPED_USAGE_MAPPINGS,
  wantedColumns,
  wantedUsageColumns,
} from "./read-mapping";
export type { RowProblem } from "./rules/read-row";
export { faultText, problemText, REPORT_LANGUAGES, type ReportLanguage, reportText } from "./rules/report-text";
export type { Totals } from "./rules/totals";
export { usageProblemText, usageReportText } from "./rules/usage-report-text";
export { ImportOptions, Mapping, UsageMapping } from "./schema";
