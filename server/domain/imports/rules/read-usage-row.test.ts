import { describe, expect, test } from "vitest";
import { findUsageMapping, parseUsageMapping } from "../read-mapping";
import type { UsageMapping } from "../schema";
import { usageReader } from "./read-usage-row";
import { readMoment, readUnits } from "./read-values";

const HEADER = ["ID", "Номер А", "Номер Б", "Дата", "Время", "Тип", "Секунд"];
const shipped = findUsageMapping("calls") as UsageMapping;
const ROW = ["17", "8 (342) 200-00-01", "+79120000000", "10.05.2026", "09:15:30", "Местный", "125"];
const changed = (changes: Partial<Record<string, string>>) =>
  HEADER.map((column, index) => changes[column] ?? ROW[index] ?? "");
const readAs = (mapping: UsageMapping, cells: readonly string[] | null, zone = "Europe/Moscow") =>
  usageReader({ mapping, header: HEADER, zone }).read({ line: 2, cells });
const read = (changes: Partial<Record<string, string>> = {}) => readAs(shipped, changed(changes));
const with_ = (more: object) => parseUsageMapping({ ...JSON.parse(JSON.stringify(SHIPPED)), ...more }, "own");
const SHIPPED = {
  source: "calls",
  title: { ru: "Звонки", en: "Calls" },
  id: "ID",
  identifier: { kind: "phone", column: "Номер А" },
  occurredAt: { column: "Дата", time: "Время" },
  meter: { meter: "call", unit: "minute" },
  units: "Секунд",
};

test("a row becomes a record: whose, when by the source's clock, what and how much", () => {
  expect(read()).toMatchObject({
    kind: "record",
    trouble: null,
    taken: {
      recordId: "17",
      label: "+79120000000",
      raw: { ID: "17", "Номер А": "8 (342) 200-00-01" },
      read: {
        identifierKind: "phone",
        identifier: "+73422000001",
        occurredAt: new Date("2026-05-10T06:15:30Z"),
        day: "2026-05-10",
        meter: "call_local",
        measure: "second",
        units: 125n,
      },
    },
  });
});

test("what the mapping says is no usage is left out, and a text counts as one whatever the column says", () => {
  expect(read({ Тип: "Неотвеченный" })).toEqual({ kind: "skipped" });
  expect(read({ Тип: "смс", Секунд: "" })).toMatchObject({
    taken: { read: { meter: "sms", measure: "piece", units: 1n } },
  });
  expect(readAs(shipped, null)).toEqual({ kind: "unreadable" });
});

describe("a record that is not understood says where, and keeps the rest", () => {
  test.each([
    [{ "Номер А": "" }, "value_missing", "Номер А", ""],
    [{ "Номер А": "шлюз 3" }, "identifier_malformed", "Номер А", null],
    [{ Дата: "31.02.2026" }, "moment_malformed", "Дата", "31.02.2026"],
    [{ Время: "25:00" }, "moment_malformed", "Дата", "10.05.2026"],
    [{ Тип: "Факс" }, "value_unknown", "Тип", "Факс"],
    [{ Секунд: "-5" }, "units_malformed", "Секунд", "-5"],
    [{ Секунд: "" }, "value_missing", "Секунд", ""],
    [{ ID: "" }, "value_missing", "ID", null],
    [{ ID: "9".repeat(201) }, "value_too_long", "ID", null],
  ])("%j", (changes, fault, column, value) => {
    const reading = read(changes as Record<string, string>);
    expect(reading).toMatchObject({ kind: "record", trouble: { fault, column, value }, taken: { read: null } });
  });

  test("the parts that were understood stay", () => {
    expect(read({ Секунд: "много" })).toMatchObject({
      taken: { partly: { column: "Секунд", identifier: "+73422000001", meter: "call_local", measure: "second" } },
    });
  });

  test("cells that are too few are kept by their places", () => {
    expect(readAs(shipped, ["17", "8 342"])).toMatchObject({
      trouble: { fault: "columns_count", value: "2 ≠ 7" },
      taken: { raw: { 1: "17", 2: "8 342" }, recordId: expect.stringMatching(/^#/) },
    });
  });
});

test("a digest changes with what is taken and with nothing else", () => {
  const digest = (changes: Record<string, string> = {}) => {
    const reading = read(changes);
    return reading.kind === "record" ? reading.taken.digest : null;
  };
  const more = usageReader({ mapping: shipped, header: [...HEADER, "Узел"], zone: "Europe/Moscow" });
  const wider = more.read({ line: 2, cells: [...ROW, "АТС-3"] });
  expect(wider).toMatchObject({ taken: { digest: digest() } });
  expect(digest({ Секунд: "126" })).not.toBe(digest());
  expect(digest({ Тип: "Межгород" })).not.toBe(digest());
});

describe("clocks", () => {
  test("the source's own zone is the clock, the operator's is the day", () => {
    const far = with_({ zone: "Asia/Kamchatka" });
    expect(readAs(far, changed({ Дата: "11.05.2026", Время: "05:00" }))).toMatchObject({
      taken: { read: { occurredAt: new Date("2026-05-10T17:00:00Z"), day: "2026-05-10" } },
    });
  });
  test("an hour that a zone skips is the one after it", () => {
    const berlin = with_({ zone: "Europe/Berlin" });
    expect(readAs(berlin, changed({ Дата: "29.03.2026", Время: "02:30" }))).toMatchObject({
      taken: { read: { occurredAt: new Date("2026-03-29T01:30:00Z") } },
    });
  });
  test.each([
    ["10.05.2026 09:15", null, { day: "2026-05-10", clock: [9, 15, 0] }],
    ["2026-05-10T09:15:30", null, { day: "2026-05-10", clock: [9, 15, 30] }],
    ["2026-05-10 09:15:30.250", null, { day: "2026-05-10", clock: [9, 15, 30] }],
    ["2026-05-10T09:15:30+05:00", null, { instant: new Date("2026-05-10T04:15:30Z") }],
    ["2026-05-10T09:15:30Z", null, { instant: new Date("2026-05-10T09:15:30Z") }],
    ["10.05.2026", "9:05:07", { day: "2026-05-10", clock: [9, 5, 7] }],
    ["10.05.2026", null, null],
    ["10.05.2026 24:00", null, null],
    ["10.05.2026 23:60", null, null],
    ["2026-02-30T09:15:30Z", null, null],
    ["вчера 09:15", null, null],
  ])("«%s» and «%s»", (text, time, moment) => {
    expect(readMoment(text, time, ["DD.MM.YYYY", "YYYY-MM-DD"])).toEqual(moment);
  });
});

test.each([
  ["125", "second", 125n],
  ["2", "minute", 120n],
  ["2,5", "minute", 150n],
  ["0:03:25", "second", 205n],
  ["3:25", "minute", 205n],
  ["1,5", "megabyte", 1_572_864n],
  ["1 048 576", "octet", 1_048_576n],
  ["12,50", "ruble", 1250n],
  ["0", "piece", 0n],
  ["0,001", "second", null], // a part of a second is counted by nobody
  ["1.234.567", "octet", null],
  ["-1", "second", null],
  ["", "second", null],
  ["0:03:25", "piece", null],
] as const)("«%s» of a %s is %s of its measure", (text, unit, units) => {
  expect(readUnits(text, unit, "auto")).toBe(units);
});

test("a mapping that cannot work is refused with the place", () => {
  expect(() => with_({ units: undefined })).toThrow("import.mapping_invalid");
  expect(() => with_({ zone: "Europe/Perm" })).toThrow("import.mapping_invalid");
  expect(() => with_({ identifier: { kind: "face", column: "A" } })).toThrow("import.mapping_invalid");
  expect(with_({ units: undefined, meter: { meter: "sms", unit: "piece", each: 1 } }).units).toBeUndefined();
});
