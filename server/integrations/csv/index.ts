export { type CsvFormat, openCsv } from "./open-csv";
