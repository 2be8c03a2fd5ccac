import { describe, expect, test } from "vitest";
import { readPurpose } from "./read-purpose";
import { type Candidate, certainOf, weighAccounts } from "./weigh-accounts";

const anna: Candidate = {
  accountId: "a",
  accountNumber: "1000123",
  contractNumber: "Д-777",
  customerName: "Анна",
  customerInn: null,
  isClosed: false,
  isOnlyOfContract: true,
  isOnlyOfCustomer: true,
  isPayerKnown: false,
  hasDocumentOfSum: false,
};
const company: Candidate = {
  ...anna,
  accountId: "c",
  accountNumber: "1000999",
  contractNumber: "Ю-12",
  customerInn: "7701234567",
};
const credit = (purpose: string, payerInn = "") => ({ purpose, payerInn });

describe("numbers in the purpose", () => {
  test.each([
    ["ЛС: 50133547364", "50133547364"],
    ["ЛС 1234567; ул. Тестовая, д.123/2, кв.321", "1234567"],
    ["оплата л/с №1000123 за интернет", "1000123"],
    ["Лицевой счет 1000123", "1000123"],
    ["по лицевому счёту № 1000123", "1000123"],
    ["лиц. сч. 1000123", "1000123"],
  ])("«%s» names an account", (purpose, number) => {
    expect([...readPurpose(purpose).accounts]).toEqual([number]);
  });

  test.each([
    ["Оплата по договору 12345", "12345"],
    ["дог. № д-777 от 01.02.2026", "Д-777"],
    ["По договору №Ю-12/26, НДС нет", "Ю-12/26"],
  ])("«%s» names a contract", (purpose, number) => {
    expect([...readPurpose(purpose).contracts]).toEqual([number]);
  });

  test("a word that only begins alike names nothing", () => {
    expect(readPurpose("Услуги за плс 5, класс 1000123").accounts.size).toBe(0);
  });
});

describe("a credit is certainly for an account", () => {
  const certain = (of: ReturnType<typeof credit>, ...candidates: readonly Candidate[]) =>
    certainOf(weighAccounts(of, candidates))?.accountId ?? null;

  test("whose number is named as such", () => expect(certain(credit("л/с 1000123"), anna)).toBe("a"));
  test("that is the only one of the named contract", () => expect(certain(credit("договор Д-777"), anna)).toBe("a"));
  test("of the payer's ИНН with a document of the sum", () =>
    expect(certain(credit("оплата", "7701234567"), { ...company, hasDocumentOfSum: true })).toBe("c"));
});

describe("a credit is left to a person", () => {
  const left = (of: ReturnType<typeof credit>, ...candidates: readonly Candidate[]) =>
    certainOf(weighAccounts(of, candidates));

  test("when two accounts are named", () =>
    expect(
      left(credit("л/с 1000123, л/с 1000124"), anna, { ...anna, accountId: "b", accountNumber: "1000124" }),
    ).toBeNull());
  test("when a number merely stands there", () => expect(left(credit("интернет 1000123"), anna)).toBeNull());
  test("when only the ИНН is known", () => expect(left(credit("услуги", "7701234567"), company)).toBeNull());
  test("when the contract has several accounts", () =>
    expect(left(credit("договор Д-777"), { ...anna, isOnlyOfContract: false })).toBeNull());
  test("when the account is closed", () => expect(left(credit("л/с 1000123"), { ...anna, isClosed: true })).toBeNull());
  test("when another company pays for the account", () =>
    expect(left(credit("л/с 1000999", "7809999999"), company)).toBeNull());
});

test("a sum alone suggests nobody, and reasons are told with the confidence", () => {
  expect(weighAccounts(credit("спасибо"), [{ ...anna, hasDocumentOfSum: true }])).toEqual([]);
  expect(weighAccounts(credit("1000123"), [{ ...anna, hasDocumentOfSum: true }])).toMatchObject([
    { confidence: 80, reasons: ["account_bare", "document_amount"] },
  ]);
});
