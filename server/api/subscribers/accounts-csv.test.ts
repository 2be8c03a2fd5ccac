import { expect, test } from "vitest";
import type { ListedAccount } from "@/server/domain/crm";
import type { Day } from "@/server/kernel/day";
import { type CsvWords, csvHead, csvRow } from "./accounts-csv";

const words: CsvWords = {
  columns: ["Абонент", "Л/С"],
  state: { active: "активен", blocked: "заблокирован", terminated: "расторгнут" },
  locale: "ru",
};
const account: ListedAccount = {
  accountId: "01890000-0000-7000-8000-00000000000a",
  accountNumber: "1002457",
  contractNumber: "2021/1187",
  customerName: 'ООО "Ромашка"; и сыновья',
  address: null,
  balanceMinor: -1_250_05n,
  openedOn: "2021-03-01" as Day,
  endedOn: null,
  state: "blocked",
  tariffs: [
    { nameRu: "Дом 300", nameEn: "Home 300" },
    { nameRu: "ТВ", nameEn: "TV" },
  ],
};

test("the head says UTF-8 to a spreadsheet and ends its line", () => {
  expect(csvHead(words)).toBe("\uFEFFАбонент;Л/С\r\n");
});

test("a row quotes what would break it and keeps a negative balance a number", () => {
  expect(csvRow(account, words)).toBe(
    '"ООО ""Ромашка""; и сыновья";1002457;2021/1187;;Дом 300, ТВ;-1250,05;заблокирован;2021-03-01;\r\n',
  );
  expect(csvRow(account, { ...words, locale: "en" })).toContain(";Home 300, TV;-1250.05;");
});

test.each(["=HYPERLINK(0)", "+7 912", "-1+1", "@SUM(A1)", "\t=1", " =1", "\r=1"])(
  "a name %j is text to a spreadsheet, never a formula",
  (customerName) => {
    expect(csvRow({ ...account, customerName }, words)).toMatch(/^"?'/);
  },
);
