import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { findMapping, parseMapping } from "../read-mapping";
import { isInconsistent, type ReaderOptions, rowReader } from "./read-row";
import { columnsOf } from "./row-hash";

const mapping = findMapping("telco");
if (!mapping) throw new Error("the telco mapping is gone");

const GOOD: Record<string, string> = {
  customerID: "7590-VHVEG",
  tenure: "34",
  PhoneService: "Yes",
  MultipleLines: "No",
  InternetService: "DSL",
  OnlineSecurity: "Yes",
  OnlineBackup: "No",
  DeviceProtection: "Yes",
  TechSupport: "No",
  StreamingTV: "No",
  StreamingMovies: "No",
  MonthlyCharges: "56.95",
  TotalCharges: "1889.5",
  Churn: "No",
};
const columnOf = (column: string) => ({ column, optional: true });
const header = Object.keys(GOOD);
const options: ReaderOptions = {
  mapping,
  header,
  asOf: "2026-11-22" as Day,
  tariffNames: new Map(),
  internetCodes: new Set(["telco-fiber", "telco-dsl"]),
};
const read = (changes: Record<string, string> = {}) =>
  rowReader(options).read({ line: 15, cells: header.map((column) => ({ ...GOOD, ...changes })[column] ?? "") });
const faultsOf = (changes: Record<string, string>) =>
  read(changes).problems?.map(({ column, fault }) => `${column} ${fault}`);

test("days to pay and days until a block are taken from their columns; blank is the operator's", () => {
  const terms = { ...mapping, paymentTermDays: columnOf("Срок"), blockDelayDays: columnOf("Отсрочка") };
  const columns = [...header, "Срок", "Отсрочка"];
  const readTerms = (Срок: string, Отсрочка: string) =>
    rowReader({ ...options, mapping: terms, header: columns }).read({
      line: 2,
      cells: columns.map((column) => ({ ...GOOD, Срок, Отсрочка })[column] ?? ""),
    });
  expect(readTerms("30", "0").row).toMatchObject({ paymentTermDays: 30, blockDelayDays: 0 });
  expect(readTerms("", "").row).toMatchObject({ paymentTermDays: null, blockDelayDays: null });
  expect(readTerms("366", "-1").problems).toMatchObject([
    { column: "Срок", fault: "days_malformed", value: "366" },
    { column: "Отсрочка", fault: "days_malformed", value: "-1" },
  ]);
});

describe("a row of the Telco file", () => {
  test("internet is the main product and carries the price, the rest costs nothing beside it", () => {
    expect(read().row).toMatchObject({
      externalId: "7590-VHVEG",
      accountNumber: "7590-VHVEG",
      startedOn: "2024-02-01",
      endedOn: null,
      network: { login: "7590-vhveg", secret: null },
      products: [
        { tariffCode: "telco-dsl", feeMinor: 5695n },
        { tariffCode: "telco-phone", feeMinor: 0n },
        { tariffCode: "telco-security", feeMinor: 0n },
        { tariffCode: "telco-device", feeMinor: 0n },
      ],
    });
    expect(read().row?.history).toMatchObject({ totalMinor: 188950n });
    expect(read().row?.history.periods).toHaveLength(34);
  });

  test("a blank id, which the account and the contract are numbered by too, is one thing wrong", () => {
    expect(faultsOf({ customerID: "" })).toEqual(["customerID value_missing"]);
  });

  test("without internet the telephone is the main product, and there is no network account", () => {
    const { row } = read({ InternetService: "No", OnlineSecurity: "No internet service", DeviceProtection: "No" });
    expect(row?.products).toEqual([{ tariffCode: "telco-phone", feeMinor: 5695n }]);
    expect(row?.network).toBeNull();
  });

  test("one who left has been gone since the first day of the month, without a network account", () => {
    const { row } = read({ Churn: "Yes" });
    expect(row).toMatchObject({ startedOn: "2024-01-01", endedOn: "2026-11-01", network: null });
    expect(row?.history.periods.at(-1)).toEqual({ start: "2026-10-01", end: "2026-11-01" });
  });

  test("zero months and a blank total is a newcomer; a blank total after months is a hole", () => {
    const { row } = read({ tenure: "0", TotalCharges: " " });
    expect(row).toMatchObject({ startedOn: "2026-11-22", endedOn: null, history: { periods: [], totalMinor: 0n } });
    expect(faultsOf({ TotalCharges: "" })).toEqual(["TotalCharges total_missing"]);
    expect(faultsOf({ tenure: "0" })).toEqual(["TotalCharges total_without_months"]);
  });

  test.each<[Record<string, string>, string]>([
    [{ MonthlyCharges: "-56.95" }, "MonthlyCharges amount_negative"],
    [{ TotalCharges: "-1" }, "TotalCharges amount_negative"],
    [{ MonthlyCharges: "5695000.00" }, "MonthlyCharges amount_absurd"],
    [{ MonthlyCharges: "abc" }, "MonthlyCharges amount_malformed"],
    [{ MonthlyCharges: "" }, "MonthlyCharges value_missing"],
    [{ TotalCharges: "18895" }, "TotalCharges total_inconsistent"],
    [{ TotalCharges: "188.95" }, "TotalCharges total_inconsistent"],
    [{ tenure: "3.4" }, "tenure months_malformed"],
    [{ tenure: "3400" }, "tenure months_absurd"],
    [{ Churn: "Maybe" }, "Churn value_unknown"],
    [{ Churn: "" }, "Churn value_missing"],
    [{ OnlineBackup: "Oui" }, "OnlineBackup value_unknown"],
    [{ InternetService: "No", PhoneService: "No" }, "InternetService product_missing"],
    [{ customerID: "" }, "customerID value_missing"],
  ])("%j is refused and the column is named", (changes, fault) => expect(faultsOf(changes)).toContain(fault));

  test("all that is wrong with a row is said at once", () => {
    expect(faultsOf({ MonthlyCharges: "x", tenure: "y", Churn: "z" })).toEqual([
      "MonthlyCharges amount_malformed",
      "tenure months_malformed",
      "Churn value_unknown",
    ]);
  });

  test("too few and too many cells are named, and so is what is not a record at all", () => {
    expect(rowReader(options).read({ line: 3, cells: ["a", "b"] }).problems).toMatchObject([
      { fault: "columns_count" },
    ]);
    expect(rowReader(options).read({ line: 3, cells: null }).problems).toMatchObject([
      { line: 3, fault: "row_malformed" },
    ]);
  });

  test("nothing a cell may say makes the reader throw: a row is read or refused", () => {
    const cells = fc.array(fc.oneof(fc.string(), fc.constantFrom(...Object.values(GOOD))), {
      minLength: header.length,
      maxLength: header.length,
    });
    fc.assert(
      fc.property(cells, (row) => {
        const reading = rowReader(options).read({ line: 2, cells: row });
        expect((reading.row === undefined) !== (reading.problems === undefined)).toBe(true);
        expect(reading.problems?.length).not.toBe(0);
      }),
    );
  });

  test("the digest sees every column that is taken and no other", () => {
    const hash = (changes: Record<string, string>) => read(changes).row?.hash;
    expect(hash({ MonthlyCharges: "56.96" })).not.toBe(hash({}));
    expect(hash({ OnlineBackup: "Yes" })).not.toBe(hash({}));
    const wider = rowReader({ ...options, header: ["gender", ...header] }).read({
      line: 2,
      cells: ["Female", ...header.map((column) => GOOD[column] ?? "")],
    });
    expect(wider.row?.hash).toBe(hash({}));
  });
});

test("a total is inconsistent beyond three times what months and fee make, either way", () => {
  expect(isInconsistent(300n, 100n)).toBe(false);
  expect(isInconsistent(301n, 100n)).toBe(true);
  expect(isInconsistent(34n, 100n)).toBe(false);
  expect(isInconsistent(33n, 100n)).toBe(true);
});

describe("a mapping", () => {
  const raw = () => ({
    source: "mine",
    title: { ru: "Мои", en: "Mine" },
    id: "id",
    name: "name",
    accountNumber: { template: "A-{id}" },
    contractNumber: "contract",
    tariffs: [
      { code: "one", nameRu: "Один", nameEn: "One", kind: "option", revenueCode: "revenue:options", feeMinor: 100 },
    ],
    products: [{ column: "product", main: true, values: { yes: "one", no: null } }],
    startedOn: "since",
  });
  const faults = (changes: object) => {
    try {
      parseMapping({ ...raw(), ...changes }, "mine.json");
      return null;
    } catch (error) {
      return (error as { details: { faults: string } }).details.faults;
    }
  };

  test("names its columns, the ones inside a template too", () => {
    expect(columnsOf(parseMapping(raw(), "mine")).map(({ column }) => column)).toEqual([
      "contract",
      "id",
      "name",
      "product",
      "since",
    ]);
  });

  test.each<[object, RegExp]>([
    [
      { products: [{ column: "product", main: true, values: { yes: "two" } }] },
      /products\.0\.values\.yes: no tariff two/,
    ],
    [{ products: [{ column: "product", values: { yes: "one" } }] }, /none is marked main/],
    [{ startedOn: undefined }, /startedOn: needed when there is no history/],
    [{ reconcile: ["paid"] }, /no column to take paid from/],
    [{ format: { encoding: "koi8-r" } }, /format\.encoding/],
    [{ colums: {} }, /colums/],
    [{ source: "My Source" }, /source/],
    [{ id: undefined }, /id/],
  ])("%j is refused with the place", (changes, fault) => expect(faults(changes)).toMatch(fault));

  test("the shipped ones are good", () => {
    expect(findMapping("telco")?.source).toBe("telco");
    expect(findMapping("subscribers")?.source).toBe("subscribers");
    expect(findMapping("toString")).toBeNull();
  });
});
