/** Of a source file. `auto` reads the bytes and the header and decides. */
export const ENCODINGS = ["auto", "utf-8", "windows-1251", "cp866"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const SEPARATORS = ["auto", ",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

export const DECIMALS = ["auto", ".", ","] as const;
export type DecimalMark = (typeof DECIMALS)[number];

export const DATE_FORMATS = ["DD.MM.YYYY", "YYYY-MM-DD", "DD/MM/YYYY", "DD-MM-YYYY"] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What a report sets side by side: the file's sum and the database's. */
export const TOTALS = ["accounts", "active", "terminated", "mrr", "charged", "paid", "opening"] as const;
export type Total = (typeof TOTALS)[number];

/** A monthly fee above this is a slipped comma, not a price. */
export const ABSURD_FEE_MINOR = 1_000_000_00n;
/** The same for a balance or for everything ever paid on one account. */
export const ABSURD_SUM_MINOR = 100_000_000_00n;
export const MAX_HISTORY_MONTHS = 240;
/** A history's total may differ from months × fee by this many times, either way: fees change, but not so. */
export const TOTAL_TOLERANCE = 3n;

/** Why one row is refused. Words: `rules/report-text.ts`. */
export const ROW_FAULTS = [
  "row_malformed",
  "columns_count",
  "value_missing",
  "value_unknown",
  "value_too_long",
  "id_duplicate",
  "changed",
  "account_taken",
  "contract_taken",
  "amount_malformed",
  "amount_negative",
  "amount_absurd",
  "months_malformed",
  "months_absurd",
  "days_malformed",
  "total_missing",
  "total_without_months",
  "total_inconsistent",
  "date_malformed",
  "date_in_future",
  "ends_before_start",
  "phone_malformed",
  "email_malformed",
  "inn_malformed",
  "address_malformed",
  "product_missing",
  "tariff_unknown",
  "login_malformed",
  "login_taken",
  "secret_malformed",
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

/** Why a part of a record of usage was not understood; the record goes to the bin whole. */
export const USAGE_FAULTS = [
  "columns_count",
  "value_missing",
  "value_unknown",
  "value_too_long",
  "identifier_malformed",
  "moment_malformed",
  "units_malformed",
] as const;
export type UsageFault = (typeof USAGE_FAULTS)[number];

/** Why a whole file is refused; the `reason` of a `DomainError` is `import.<fault>`. */
export const FILE_FAULTS = [
  "file_missing",
  "file_unreadable",
  "file_is_directory",
  "file_not_regular",
  "file_empty",
  "file_binary",
  "file_is_workbook",
  "file_is_utf16",
  "file_not_csv",
  "file_changed",
  "encoding_broken",
  "encoding_mismatch",
  "separator_mismatch",
  "header_repeats",
  "columns_missing",
  "no_rows",
  "mapping_unknown",
  "mapping_unreadable",
  "mapping_invalid",
  "as_of_malformed",
  "as_of_in_future",
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];
