export { readStatementBytes, readStatementFile } from "./read-statement";
