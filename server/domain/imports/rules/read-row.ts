import { type CustomerKind, readPhone } from "@/server/domain/crm";
import { type Day, monthStart } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Period } from "@/server/kernel/period";
import { ABSURD_FEE_MINOR, ABSURD_SUM_MINOR, MAX_HISTORY_MONTHS, type RowFault, TOTAL_TOLERANCE } from "../constants";
import type { SourceRecord } from "../ports";
import type { Field, Mapping, Text } from "../schema";
import { historyPeriods } from "./history";
import {
  loginFrom,
  type ReadAddress,
  readAddress,
  readAmount,
  readDate,
  readEmail,
  readInn,
  readLogin,
  readMonths,
  readSecret,
  readTermDays,
} from "./read-values";
import { columnsOf, rowHash, TEMPLATE } from "./row-hash";

/** One thing wrong with one row: where it is and what stands there. */
export interface RowProblem {
  readonly line: number;
  readonly externalId: string | null;
  readonly column: string | null;
  readonly fault: RowFault;
  /** What the cell says; null where it would be personal data. */
  readonly value: string | null;
}

export interface ImportRow {
  readonly line: number;
  readonly externalId: string;
  readonly hash: string;
  readonly customer: {
    readonly kind: CustomerKind;
    readonly name: string;
    readonly phone: string | null;
    readonly email: string | null;
    readonly inn: string | null;
    readonly address: ReadAddress | null;
  };
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly startedOn: Day;
  /** First day that is no longer served; null for one who is still here. */
  readonly endedOn: Day | null;
  readonly creditLimitMinor: Minor;
  /** Null = the operator's. */
  readonly paymentTermDays: number | null;
  readonly blockDelayDays: number | null;
  /** Main one first. A null fee is the tariff's own. */
  readonly products: readonly { readonly tariffCode: string; readonly feeMinor: Minor | null }[];
  readonly feeMinor: Minor | null;
  /** Network account of the first internet product; null without one and for those who have left. */
  readonly network: { readonly login: string; readonly secret: string | null } | null;
  /** Whole months with the operator, oldest first, and everything charged and paid in them. */
  readonly history: { readonly periods: readonly Period[]; readonly totalMinor: Minor };
  readonly openingMinor: Minor;
}

export type RowReading =
  | { readonly row: ImportRow; readonly problems?: undefined }
  | { readonly row?: undefined; readonly problems: readonly RowProblem[] };

export interface RowReader {
  read(record: SourceRecord): RowReading;
}

export interface ReaderOptions {
  readonly mapping: Mapping;
  readonly header: readonly string[];
  readonly asOf: Day;
  /** Lower-case code or name of every tariff that a `catalog` column may name → its code. */
  readonly tariffNames: ReadonlyMap<string, string>;
  readonly internetCodes: ReadonlySet<string>;
}

const PERSONAL = new Set<RowFault>([
  "secret_malformed",
  "phone_malformed",
  "email_malformed",
  "inn_malformed",
  "address_malformed",
]);
const MAX_NUMBER = 60;

/** A reader of one file's records under one mapping: all that is wrong with a row is said at once. */
export function rowReader({ mapping, header, asOf, tariffNames, internetCodes }: ReaderOptions): RowReader {
  const places = new Map(header.map((column, index) => [column, index]));
  const columns = columnsOf(mapping);
  return {
    read(record) {
      const problems: RowProblem[] = [];
      const { line, cells } = record;
      if (!cells) return { problems: [{ line, externalId: null, column: null, fault: "row_malformed", value: null }] };
      const cell = (column: string) => (cells[places.get(column) ?? -1] ?? "").trim();
      const externalId = cell(mapping.id) || null;
      const fail = (fault: RowFault, column: string | null, value: string | null = null) => {
        // One column may stand for several things; what is wrong with it is said once.
        if (problems.some((one) => one.column === column && (one.fault === fault || one.fault === "value_missing"))) {
          return null;
        }
        problems.push({ line, externalId, column, fault, value: PERSONAL.has(fault) ? null : shortened(value) });
        return null;
      };
      if (cells.length !== header.length) {
        fail("columns_count", null, `${cells.length} ≠ ${header.length}`);
        return { problems };
      }
      const read = cellReader(cell, fail);
      const draft = {
        line,
        externalId: read.text({ column: mapping.id, optional: false }, MAX_NUMBER) ?? "",
        hash: rowHash(columns, cell),
        customer: readCustomer(mapping, read),
        accountNumber: read.text(mapping.accountNumber, MAX_NUMBER) ?? "",
        contractNumber: read.text(mapping.contractNumber, MAX_NUMBER) ?? "",
        creditLimitMinor: readMoney(mapping, read, fail, mapping.creditLimit, ABSURD_SUM_MINOR) ?? 0n,
        paymentTermDays: read.parsed(mapping.paymentTermDays, readTermDays, "days_malformed"),
        blockDelayDays: read.parsed(mapping.blockDelayDays, readTermDays, "days_malformed"),
        openingMinor: readMoney(mapping, read, fail, mapping.openingBalance, ABSURD_SUM_MINOR, true) ?? 0n,
      };
      const feeMinor = readMoney(mapping, read, fail, mapping.monthlyFee, ABSURD_FEE_MINOR);
      const history = readHistory(mapping, read, fail, feeMinor);
      const term = readTerm(mapping, read, fail, asOf, history.months);
      const products = readProducts(mapping, cell, fail, tariffNames, feeMinor);
      const online = !term.endedOn && products.some((product) => internetCodes.has(product.tariffCode));
      const network = online ? readNetwork(mapping, read, fail, draft.accountNumber) : null;
      if (problems.length > 0) return { problems };
      const periods = historyPeriods(term.endedOn ?? asOf, history.months, term.endedOn !== null);
      return {
        row: { ...draft, ...term, feeMinor, network, history: { periods, totalMinor: history.totalMinor }, products },
      };
    },
  };
}

type Fail = (fault: RowFault, column: string | null, value?: string | null) => null;
type Cells = ReturnType<typeof cellReader>;

function shortened(value: string | null): string | null {
  return value !== null && value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

function cellReader(cell: (column: string) => string, fail: Fail) {
  const value = (field: Field): string | null => {
    const text = cell(field.column);
    if (text !== "") return text;
    return field.optional ? null : fail("value_missing", field.column);
  };
  return {
    value,
    /** Parsed by `parse`; a cell it makes nothing of is `fault`. Null for a blank optional cell. */
    parsed<T>(field: Field | undefined, parse: (text: string) => T | null, fault: RowFault): T | null {
      const text = field ? value(field) : null;
      return field && text !== null ? (parse(text) ?? fail(fault, field.column, text)) : null;
    },
    text(source: Text, longest: number): string | null {
      const column = "template" in source ? null : source.column;
      const text =
        "template" in source ? source.template.replace(TEMPLATE, (_, name: string) => cell(name)) : value(source);
      return text !== null && text.length > longest ? fail("value_too_long", column, text) : text;
    },
    choice<T>(source: { column: string; optional: boolean; values: Record<string, T> }): T | null {
      const text = value(source);
      if (text === null) return null;
      const chosen = chosenOf(source.values, text);
      return chosen === undefined ? fail("value_unknown", source.column, text) : chosen;
    },
  };
}

function chosenOf<T>(values: Record<string, T>, text: string): T | undefined {
  if (Object.hasOwn(values, text)) return values[text];
  const wanted = text.toLowerCase();
  return Object.entries(values).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function readCustomer(mapping: Mapping, read: Cells): ImportRow["customer"] {
  return {
    kind: typeof mapping.kind === "string" ? mapping.kind : (read.choice(mapping.kind) ?? "person"),
    name: read.text(mapping.name, 300) ?? "",
    phone: read.parsed(mapping.phone, readPhone, "phone_malformed"),
    email: read.parsed(mapping.email, readEmail, "email_malformed"),
    inn: read.parsed(mapping.inn, readInn, "inn_malformed"),
    address: readPlace(mapping, read),
  };
}

function readPlace(mapping: Mapping, read: Cells): ReadAddress | null {
  const source = mapping.address;
  if (!source) return null;
  if ("line" in source) return read.parsed(source.line, readAddress, "address_malformed");
  const city = read.text(source.city, 120);
  const street = read.text(source.street, 160);
  const house = read.text(source.house, 20);
  const flat = source.flat ? read.text(source.flat, 20) : null;
  return city && street && house ? { city, street, house, flat } : null;
}

function readMoney(
  mapping: Mapping,
  read: Cells,
  fail: Fail,
  field: Field | undefined,
  absurdMinor: Minor,
  mayBeNegative = false,
): Minor | null {
  const amount = read.parsed(field, (text) => readAmount(text, mapping.format.decimal), "amount_malformed");
  if (!field || amount === null) return amount;
  const text = read.value(field);
  if (amount < 0n && !mayBeNegative) return fail("amount_negative", field.column, text);
  if (amount > absurdMinor || -amount > absurdMinor) return fail("amount_absurd", field.column, text);
  return amount;
}

/**
 * Months with the operator and everything paid in them. A blank total is no history only when the months are zero too;
 * a total that the fee cannot explain is named, because it would be booked as fact.
 */
function readHistory(
  mapping: Mapping,
  read: Cells,
  fail: Fail,
  feeMinor: Minor | null,
): { months: number; totalMinor: Minor } {
  const none = { months: 0, totalMinor: 0n };
  if (!mapping.history) return none;
  const { months: monthsColumn, total: totalColumn } = mapping.history;
  const months = read.parsed({ column: monthsColumn, optional: false }, readMonths, "months_malformed");
  if (months !== null && months > MAX_HISTORY_MONTHS) {
    fail("months_absurd", monthsColumn, `${months}`);
    return none;
  }
  const field = { column: totalColumn, optional: true };
  const blank = read.value(field) === null;
  const totalMinor = readMoney(mapping, read, fail, field, ABSURD_SUM_MINOR);
  if (months === null) return none;
  if (blank && months > 0) fail("total_missing", totalColumn, `${months}`);
  if (totalMinor === null) return none;
  const text = read.value(field);
  if (months === 0 && totalMinor > 0n) fail("total_without_months", totalColumn, text);
  if (months > 0 && feeMinor !== null && isInconsistent(totalMinor, BigInt(months) * feeMinor)) {
    fail("total_inconsistent", totalColumn, text);
  }
  return { months, totalMinor };
}

export function isInconsistent(totalMinor: Minor, expectedMinor: Minor): boolean {
  return totalMinor > expectedMinor * TOTAL_TOLERANCE || totalMinor * TOTAL_TOLERANCE < expectedMinor;
}

function readTerm(mapping: Mapping, read: Cells, fail: Fail, asOf: Day, months: number) {
  const date = (field: Field | undefined) =>
    read.parsed(field, (text) => readDate(text, mapping.format.dates), "date_malformed");
  const status = mapping.status ? read.choice(mapping.status) : null;
  const leftOn = date(mapping.terminatedOn);
  const terminated = status ? status === "terminated" : leftOn !== null;
  const endedOn = terminated ? (leftOn ?? monthStart(asOf)) : null;
  const firstMonth = historyPeriods(endedOn ?? asOf, months, terminated)[0]?.start;
  const startedOn = date(mapping.startedOn) ?? firstMonth ?? (terminated ? monthStart(asOf) : asOf);
  if (startedOn > asOf) fail("date_in_future", mapping.startedOn?.column ?? null, startedOn);
  if (endedOn && endedOn > asOf) fail("date_in_future", mapping.terminatedOn?.column ?? null, endedOn);
  if (endedOn && endedOn < startedOn) fail("ends_before_start", mapping.terminatedOn?.column ?? null, endedOn);
  return { startedOn, endedOn };
}

function readNetwork(mapping: Mapping, read: Cells, fail: Fail, accountNumber: string): ImportRow["network"] {
  const given = read.parsed(mapping.login, readLogin, "login_malformed");
  const secret = read.parsed(mapping.secret, readSecret, "secret_malformed");
  const login = given ?? loginFrom(accountNumber);
  if (!login) {
    const from = mapping.login?.column ?? ("column" in mapping.accountNumber ? mapping.accountNumber.column : null);
    return fail("login_malformed", from, accountNumber);
  }
  return { login, secret };
}

function readProducts(
  mapping: Mapping,
  cell: (column: string) => string,
  fail: Fail,
  tariffNames: ReadonlyMap<string, string>,
  feeMinor: Minor | null,
): ImportRow["products"] {
  let main: ImportRow["products"][number] | null = null;
  const beside: { tariffCode: string; feeMinor: Minor }[] = [];
  let understood = true;
  for (const product of mapping.products) {
    const text = cell(product.column);
    const code =
      "values" in product ? chosenOf(product.values, text) : text === "" ? null : tariffNames.get(text.toLowerCase());
    if (code === undefined) {
      fail("values" in product ? "value_unknown" : "tariff_unknown", product.column, text);
      understood = false;
    } else if (code !== null && product.main && !main) main = { tariffCode: code, feeMinor };
    else if (code !== null) beside.push({ tariffCode: code, feeMinor: 0n });
  }
  if (!main) {
    if (understood) fail("product_missing", mapping.products.find((product) => product.main)?.column ?? null);
    return [];
  }
  return [main, ...beside];
}
