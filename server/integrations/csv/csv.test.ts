import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, describe, expect, test } from "vitest";
import type { Encoding, Separator } from "@/server/domain/imports/constants";
import type { SourceFile, SourceRecord } from "@/server/domain/imports/ports";
import { RecordGrouper } from "./group-records";
import { openCsv } from "./open-csv";

const dir = mkdtempSync(join(tmpdir(), "uzel-csv-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const COLUMNS = ["Л/С", "ФИО", "Баланс"];
const TABLE = "Л/С;ФИО;Баланс\r\n1001;Иванова Анна;150,50\r\n1002;Ёжиков «Ё» № 3;-20\r\n";
let files = 0;

function write(content: Buffer | string): string {
  files += 1;
  const path = join(dir, `${files}.csv`);
  writeFileSync(path, content);
  return path;
}

async function read(content: Buffer | string, { encoding = "auto" as Encoding, separator = "auto" as Separator } = {}) {
  const file = await openCsv(write(content), { encoding, separator }, COLUMNS);
  return { ...file, rows: await allOf(file) };
}

async function allOf(file: SourceFile): Promise<SourceRecord[]> {
  const rows: SourceRecord[] = [];
  for await (const row of file.records()) rows.push(row);
  return rows;
}

const faultOf = (reading: Promise<unknown>) =>
  reading.then(
    () => null,
    (error: { reason: string; details: object }) => ({ reason: error.reason, ...error.details }),
  );

describe("encodings and separators", () => {
  const rows = [
    { line: 2, cells: ["1001", "Иванова Анна", "150,50"] },
    { line: 3, cells: ["1002", "Ёжиков «Ё» № 3", "-20"] },
  ];
  test.each([
    ["utf-8", Buffer.from(TABLE), "utf-8"],
    ["utf-8 with a byte order mark", Buffer.from(`\uFEFF${TABLE}`), "utf-8 (BOM)"],
    ["windows-1251", iconv.encode(TABLE, "windows-1251"), "windows-1251"],
  ])("%s is recognised and read", async (_name, content, encoding) => {
    expect(await read(content)).toMatchObject({ encoding, separator: ";", header: COLUMNS, rows });
  });

  test("cp866 is told from windows-1251 by its header, and by its letters when the header is Latin", async () => {
    const text = TABLE.replace("«Ё» ", "");
    expect((await read(iconv.encode(text, "cp866"))).encoding).toBe("cp866");
    const latin = text.replace("Л/С;ФИО;Баланс", "id;name;balance");
    expect((await read(iconv.encode(latin, "cp866"))).encoding).toBe("cp866");
    expect((await read(iconv.encode(latin, "windows-1251"))).encoding).toBe("windows-1251");
  });

  test.each([",", ";", "\t", "|"])("the separator «%s» is found by the header", async (separator) => {
    const file = await read(TABLE.replaceAll(",", ".").replaceAll(";", separator));
    expect(file.separator).toBe(separator);
    expect(file.rows[0]?.cells).toEqual(["1001", "Иванова Анна", "150.50"]);
  });

  test("a declared encoding or separator that is not so is named, not obeyed", async () => {
    expect(await faultOf(read(TABLE, { encoding: "windows-1251" }))).toMatchObject({
      reason: "import.encoding_mismatch",
      found: "utf-8",
    });
    expect(await faultOf(read(iconv.encode(TABLE, "windows-1251"), { encoding: "utf-8" }))).toMatchObject({
      reason: "import.encoding_broken",
      line: 1,
    });
    expect(await faultOf(read(TABLE, { separator: "," }))).toMatchObject({
      reason: "import.separator_mismatch",
      found: ";",
    });
  });

  test("UTF-8 with a few bad bytes is damaged, not another code page; the line is named", async () => {
    const damaged = Buffer.concat([Buffer.from(TABLE), Buffer.from([0xff]), Buffer.from(";x;1\r\n")]);
    expect(await faultOf(read(damaged))).toMatchObject({ reason: "import.encoding_broken", line: 4 });
  });
});

describe("what is not a table", () => {
  test.each<[string, Buffer | string, string]>([
    ["an empty file", "", "file_empty"],
    ["a byte order mark alone", "\uFEFF", "file_empty"],
    ["blank lines alone", "\n \r\n", "file_empty"],
    ["binary garbage", Buffer.from([1, 2, 0, 255, 3, 128, 0, 7]), "file_binary"],
    ["control characters", Buffer.alloc(500, 7), "file_binary"],
    ["an Excel workbook", Buffer.from("PK\x03\x04rest"), "file_is_workbook"],
    ["UTF-16", iconv.encode(TABLE, "utf-16le", { addBOM: true }), "file_is_utf16"],
    ["one endless line", "x".repeat(200_000), "file_not_csv"],
  ])("%s is named", async (_name, content, fault) => {
    expect((await faultOf(read(content)))?.reason).toBe(`import.${fault}`);
  });

  test("a folder, a missing file and a device are named with their path", async () => {
    const format = { encoding: "auto", separator: "auto" } as const;
    const open = (path: string) => faultOf(openCsv(path, format, COLUMNS));
    expect(await open(dir)).toEqual({ reason: "import.file_is_directory", file: dir });
    expect(await open(join(dir, "none.csv"))).toMatchObject({ reason: "import.file_missing" });
    expect(await open(join(write(TABLE), "below.csv"))).toMatchObject({ reason: "import.file_missing" });
    expect(await open("/dev/null")).toMatchObject({ reason: "import.file_not_regular" });
  });

  test("a file that changes between two readings is noticed", async () => {
    const path = write(TABLE);
    const file = await openCsv(path, { encoding: "auto", separator: "auto" }, COLUMNS);
    truncateSync(path, Buffer.byteLength(TABLE) - 20);
    expect(await faultOf(allOf(file))).toMatchObject({ reason: "import.file_changed" });
  });
});

describe("records", () => {
  const group = (lines: string[]) => {
    const grouper = new RecordGrouper(",");
    return [...grouper.take(lines), ...grouper.finish()];
  };

  test("a quoted cell may hold separators, quotes and line breaks; the line is where the record begins", () => {
    expect(group(['"a, ""b""",2', '"two', 'lines",3', "", "4,5"])).toEqual([
      { line: 1, cells: ['a, "b"', "2"] },
      { line: 2, cells: ["two\nlines", "3"] },
      { line: 5, cells: ["4", "5"] },
    ]);
  });

  test.each([
    ["an unclosed quote", '"3,4'],
    ["a stray quote", '3"x,4'],
    ["text after a closing quote", '"3"x,4'],
  ])("%s breaks its own line and not the rest of the file", (_name, broken) => {
    const others = Array.from({ length: 60 }, (_, index) => `"${index}",x`);
    const records = group(["1,2", broken, ...others]);
    expect(records.filter(({ cells }) => cells === null).map(({ line }) => line)).toEqual([2]);
    expect(records).toHaveLength(62);
  });

  test("two lines with a stray quote each are two broken lines, with everything between them read", () => {
    const records = group(["1,2", '3"x,4', "5,6", '7"x,8', "9,10"]);
    expect(records.map(({ line, cells }) => (cells ? cells.join() : `broken ${line}`))).toEqual([
      "1,2",
      "broken 2",
      "5,6",
      "broken 4",
      "9,10",
    ]);
  });

  test("whatever cells are written come back, wherever the pieces of the file are cut", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "Я", "ё", '"', ";", ",", "\n", "1", "№"), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }), async (rows) => {
        const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(";"));
        const file = await read(`Л/С;ФИО;Баланс\r\n${quoted.join("\r\n")}`);
        expect(file.rows.map(({ cells }) => cells)).toEqual(rows.map((row) => row.map((value) => value)));
      }),
      { numRuns: 60 },
    );
  });
});
