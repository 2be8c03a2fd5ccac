export { detectEncoding, requireText } from "./detect-encoding";
export { inspectBuffer } from "./inspect-bytes";
export { type CsvFormat, openCsv, readable } from "./open-csv";
