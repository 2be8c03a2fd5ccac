import { describe, expect, test } from "vitest";
import { isDomainError } from "@/server/kernel/errors";
import { parseStatement } from "./parse-statement";

const HEAD = ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=Windows", "РасчСчет=40702810801500116391"];
const DOCUMENT = [
  "СекцияДокумент=Платежное поручение",
  "Номер=7",
  "Дата=02.11.2026",
  "Сумма=1250.50",
  "ПлательщикРасчСчет=40702810900000000001",
  "ПлательщикБИК=044525593",
  "ПлательщикИНН=7701234567",
  "Плательщик1=ООО «Ромашка»",
  "ПолучательРасчСчет=40702810801500116391",
  "ДатаПоступило=03.11.2026",
  "НовоеПоле=42",
  "НазначениеПлатежа=Оплата по договору Д-1 = аванс",
  "КонецДокумента",
];
const file = (...lines: readonly string[]) => lines.join("\r\n");
const whole = file(...HEAD, ...DOCUMENT, "КонецФайла", "");

function refusalOf(text: string) {
  try {
    parseStatement(text);
    return null;
  } catch (error) {
    return isDomainError(error) ? { reason: error.reason, line: error.details.line } : error;
  }
}

describe("a statement", () => {
  test("is read document by document, keys that nobody knows kept", () => {
    const { version, documents } = parseStatement(whole);
    expect(version).toBe("1.03");
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({
      line: 5,
      number: "7",
      documentedOn: "2026-11-02",
      receivedOn: "2026-11-03",
      amountMinor: 125050n,
      payer: { account: "40702810900000000001", bic: "044525593", inn: "7701234567", name: "ООО «Ромашка»" },
      purpose: "Оплата по договору Д-1 = аванс",
    });
    expect(documents[0]?.raw.НовоеПоле).toBe("42");
  });

  test("may name several accounts in its head and break lines in any way", () => {
    const text = [...HEAD, "РасчСчет=40702810801500116392", ...DOCUMENT, "КонецФайла"].join("\n");
    expect(parseStatement(text).documents).toHaveLength(1);
  });

  const without = (start: string) => DOCUMENT.filter((line) => !line.startsWith(start));
  const changed = (start: string, to: string) => DOCUMENT.map((line) => (line.startsWith(start) ? to : line));

  test.each([
    ["something else", "a;b;c\r\n1;2;3", "bank.not_a_statement", 1],
    ["a future version", whole.replace("1.03", "2.00"), "bank.version_unknown", 2],
    ["no end of the file", file(...HEAD, ...DOCUMENT), "bank.cut", 17],
    ["a cut inside a document", file(...HEAD, ...DOCUMENT.slice(0, 4)), "bank.cut", 8],
    ["a document that is not closed", file(...HEAD, ...DOCUMENT.slice(0, -1), "КонецФайла"), "bank.section_inside", 17],
    [
      "a document in a document",
      file(...HEAD, ...DOCUMENT.slice(0, 4), ...DOCUMENT, "КонецФайла"),
      "bank.section_inside",
      9,
    ],
    ["an end without a beginning", file(...HEAD, "КонецДокумента", "КонецФайла"), "bank.section_unopened", 5],
    ["a line that says nothing", file(...HEAD, ...DOCUMENT, "мусор", "КонецФайла"), "bank.line_malformed", 18],
    [
      "a key that is there twice",
      file(...HEAD, ...DOCUMENT.slice(0, 2), ...DOCUMENT.slice(1), "КонецФайла"),
      "bank.key_repeats",
      7,
    ],
    ["something after its end", `${whole}Сумма=1`, "bank.after_end", 19],
    ["no number", file(...HEAD, ...without("Номер"), "КонецФайла"), "bank.number_missing", 5],
    ["no day", file(...HEAD, ...without("Дата="), "КонецФайла"), "bank.date_malformed", 5],
    [
      "a day that is none",
      file(...HEAD, ...changed("Дата=", "Дата=31.02.2026"), "КонецФайла"),
      "bank.date_malformed",
      7,
    ],
    ["a sum of zero", file(...HEAD, ...changed("Сумма", "Сумма=0.00"), "КонецФайла"), "bank.amount_malformed", 8],
    ["a negative sum", file(...HEAD, ...changed("Сумма", "Сумма=-5"), "КонецФайла"), "bank.amount_malformed", 8],
    [
      "a third of a kopeck",
      file(...HEAD, ...changed("Сумма", "Сумма=1.005"), "КонецФайла"),
      "bank.amount_malformed",
      8,
    ],
  ])("with %s is refused whole, at the line", (_what, text, reason, line) => {
    expect(refusalOf(text)).toEqual({ reason, line });
  });
});
