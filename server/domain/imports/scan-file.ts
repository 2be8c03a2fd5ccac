import type { Day } from "@/server/kernel/day";
import type { RowFault } from "./constants";
import { fileFault } from "./errors";
import type { SourceFile } from "./ports";
import type { RowProblem, RowReader } from "./rules/read-row";
import type { TakenColumn } from "./rules/row-hash";
import type { Mapping, Text } from "./schema";

/** What is remembered of a good row between the two readings: enough to find it in the database. */
export interface ScannedRow {
  readonly line: number;
  readonly hash: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly login: string | null;
}

export interface Scan {
  /** Data rows of the file, good and bad. */
  readonly rows: number;
  /** Good rows by their id. */
  readonly good: Map<string, ScannedRow>;
  readonly problems: RowProblem[];
  /** Tariffs that good rows are on. */
  readonly tariffCodes: Set<string>;
  /** First day that history is booked on; null when there is none. */
  readonly earliest: Day | null;
}

/** Throws unless every column that must be there is there, once. Says which are missing, all of them. */
export function requireColumns(wanted: readonly TakenColumn[], header: readonly string[]): void {
  const missing = wanted.filter(({ column, optional }) => !optional && !header.includes(column));
  if (missing.length > 0) {
    throw fileFault("columns_missing", { columns: missing.map(({ column }) => column).join(", ") });
  }
  const twice = wanted.find(({ column }) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice) throw fileFault("header_repeats", { column: twice.column });
}

/** The first reading: every row is understood or refused, nothing is written and no money row is kept. */
export async function scanFile(
  file: SourceFile,
  reader: RowReader,
  mapping: Mapping,
  onRow: (rows: number) => void,
): Promise<Scan> {
  const good = new Map<string, ScannedRow>();
  const problems: RowProblem[] = [];
  const tariffCodes = new Set<string>();
  const accountNumbers = new Set<string>();
  const contractNumbers = new Set<string>();
  const logins = new Set<string>();
  let rows = 0;
  let earliest: Day | null = null;
  for await (const record of file.records()) {
    rows += 1;
    onRow(rows);
    const { row, problems: wrong } = reader.read(record);
    if (!row) {
      problems.push(...wrong);
      continue;
    }
    const login = row.network?.login ?? null;
    const { line, externalId, hash, accountNumber, contractNumber } = row;
    const problem =
      repeated(mapping.id, "id_duplicate", `${good.get(externalId)?.line}`, good.has(externalId)) ??
      repeated(columnOf(mapping.accountNumber), "account_taken", accountNumber, accountNumbers.has(accountNumber)) ??
      repeated(
        columnOf(mapping.contractNumber),
        "contract_taken",
        contractNumber,
        contractNumbers.has(contractNumber),
      ) ??
      repeated(mapping.login?.column ?? null, "login_taken", login ?? "", login !== null && logins.has(login));
    if (problem) {
      problems.push({ line, externalId, ...problem });
      continue;
    }
    good.set(externalId, { line, hash, accountNumber, contractNumber, login });
    if (login !== null) logins.add(login);
    accountNumbers.add(accountNumber);
    contractNumbers.add(contractNumber);
    for (const { tariffCode } of row.products) tariffCodes.add(tariffCode);
    const since = row.history.periods[0]?.start ?? null;
    if (since && (!earliest || since < earliest)) earliest = since;
  }
  if (rows === 0) throw fileFault("no_rows");
  return { rows, good, problems, tariffCodes, earliest };
}

function repeated(column: string | null, fault: RowFault, value: string, yes: boolean) {
  return yes ? { column, fault, value } : null;
}

function columnOf(text: Text): string | null {
  return "column" in text ? text.column : null;
}
