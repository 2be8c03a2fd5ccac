import { existsSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { parseStatement } from "@/server/domain/bank/rules/parse-statement";
import { sortDocument } from "@/server/domain/bank/rules/sort-document";
import { isDomainError } from "@/server/kernel/errors";
import { readStatementBytes, readStatementFile } from "./read-statement";

const TEXT = [
  "1CClientBankExchange",
  "ВерсияФормата=1.02",
  "Кодировка=Windows",
  "СекцияДокумент=Платежное поручение",
  "Номер=7",
  "Дата=02.11.2026",
  "Сумма=100",
  "НазначениеПлатежа=Оплата услуг связи за ноябрь",
  "КонецДокумента",
  "КонецФайла",
].join("\r\n");

const refusalOf = (bytes: Buffer) => {
  try {
    parseStatement(readStatementBytes("s.txt", bytes).text);
    return null;
  } catch (error) {
    return isDomainError(error) ? { reason: error.reason, line: error.details.line } : error;
  }
};

describe("the bytes of a statement", () => {
  test.each(["utf-8", "windows-1251", "cp866"])("say %s themselves, whatever the file claims", (encoding) => {
    const file = readStatementBytes("s.txt", iconv.encode(TEXT, encoding));
    expect(file.encoding).toBe(encoding);
    expect(parseStatement(file.text).documents[0]?.purpose).toBe("Оплата услуг связи за ноябрь");
  });

  test("may begin with a mark of UTF-8", () => {
    expect(refusalOf(Buffer.from(`\ufeff${TEXT}`))).toBeNull();
  });

  const lines = TEXT.split("\r\n");
  const mixed = (rest: string, piece: string) =>
    Buffer.concat(lines.map((line, index) => iconv.encode(`${line}\r\n`, index === 7 ? piece : rest)));

  test.each([
    ["utf-8", "windows-1251", "import.encoding_broken"],
    ["utf-8", "cp866", "import.encoding_broken"],
    ["windows-1251", "utf-8", "bank.encoding_mixed"],
    ["windows-1251", "cp866", "bank.encoding_mixed"],
    ["cp866", "utf-8", "bank.encoding_mixed"],
    ["cp866", "windows-1251", "bank.encoding_mixed"],
  ])("of %s with one line of %s are refused at that line", (rest, piece, reason) => {
    expect(refusalOf(mixed(rest, piece))).toEqual({ reason, line: 8 });
  });

  test("that are none are refused", () => {
    expect(refusalOf(Buffer.alloc(0))).toMatchObject({ reason: "import.file_empty" });
    expect(refusalOf(Buffer.from("PK\u0003\u0004"))).toMatchObject({ reason: "import.file_is_workbook" });
  });
});

/** Files of another open system, read where they lie. */
const SAMPLES = join(import.meta.dirname, "../../../../shared/contracts/1c");
const NOT_HERE = existsSync(SAMPLES) ? "" : " — SKIPPED: ../shared/contracts/1c is not here";

describe.skipIf(NOT_HERE !== "")(`the sample statements${NOT_HERE}`, () => {
  test("come to the sums that are known of them", async () => {
    const { documents } = parseStatement((await readStatementFile(join(SAMPLES, "statement-valid.txt"))).text);
    const own = new Set(["40702810801500116391"]);
    const sumOf = (sort: string) => {
      const some = documents.filter((document) => sortDocument(document, own) === sort);
      return [some.length, some.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)];
    };
    expect(documents).toHaveLength(4);
    expect(sumOf("credit")).toEqual([2, 2_219_96n]);
    expect(sumOf("debit")).toEqual([2, 14_700_00n]);
  });

  test("are refused when cut", async () => {
    const { text } = await readStatementFile(join(SAMPLES, "statement-invalid.txt"));
    expect(() => parseStatement(text)).toThrow("bank.cut");
  });
});
