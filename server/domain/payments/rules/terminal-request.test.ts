import { describe, expect, test } from "vitest";
import type { TerminalWords } from "../ports";
import { readRequest } from "./terminal-request";

const now = new Date("2026-11-25T12:00:00Z");
const pay: TerminalWords = {
  malformed: false,
  command: "pay",
  txnId: "12345678901234567890",
  account: "7590-VHVEG",
  sum: "10.45",
  paidAt: null,
  mustHaveDate: false,
};
const refusalOf = (change: Partial<TerminalWords>) => readRequest({ ...pay, ...change }, now).refusal;

test("a payment of twenty digits and forty-five kopecks keeps every digit", () => {
  expect(readRequest(pay, now)).toEqual({
    refusal: null,
    request: {
      command: "pay",
      txnId: "12345678901234567890",
      accountNumber: "7590-VHVEG",
      amountMinor: 10_45n,
      paidAt: null,
    },
  });
});

describe("sums are decimal text to kopecks", () => {
  test.each([
    ["10", null],
    ["10.5", null],
    ["1.00", null],
    ["0.99", "sum_too_small"],
    ["0", "sum_too_small"],
    ["250000.00", null],
    ["250000.01", "sum_too_large"],
    ["999999999999999", "sum_too_large"],
    ["10.005", "bad_sum"],
    ["10,45", "bad_sum"],
    ["1e3", "bad_sum"],
    ["-10.00", "bad_sum"],
    ["-0", "bad_sum"],
    ["+10", "bad_sum"],
    ["0x10", "bad_sum"],
    ["NaN", "bad_sum"],
    ["1 000.00", "bad_sum"],
    ["", "bad_sum"],
    ["10.", "bad_sum"],
    ["9999999999999999", "bad_sum"],
    ["١٠", "bad_sum"],
  ] as const)("«%s»: %s", (sum, refusal) => expect(refusalOf({ sum })).toBe(refusal));
});

describe("what is refused, and as what", () => {
  test.each([
    ["no sum", { sum: null }, "bad_sum"],
    ["no id", { txnId: null }, "bad_txn_id"],
    ["an id of twenty-one digits", { txnId: "123456789012345678901" }, "bad_txn_id"],
    ["an id with a letter", { txnId: "12a" }, "bad_txn_id"],
    ["an id of Arabic digits", { txnId: "١٢" }, "bad_txn_id"],
    ["no account", { account: null }, "bad_account"],
    ["an empty account", { account: "" }, "bad_account"],
    ["an entity for an account", { account: "&xxe;" }, "bad_account"],
    ["a quote in the account", { account: "1' or '1'='1" }, "bad_account"],
    ["bytes that were no letters", { account: "10\ufffd" }, "bad_account"],
    ["an account of forty-one signs", { account: "1".repeat(41) }, "bad_account"],
    ["a command that is none", { command: null }, "unknown_command"],
    ["a date that cannot be read", { paidAt: "unreadable" }, "bad_date"],
    ["the day after tomorrow", { paidAt: new Date("2026-11-27T12:00:00Z") }, "bad_date"],
    ["a third of a year ago", { paidAt: new Date("2026-07-25T12:00:00Z") }, "bad_date"],
    ["no date where the protocol has one", { mustHaveDate: true }, "bad_date"],
    ["a request that was not read", { malformed: true }, "malformed"],
  ] as [string, Partial<TerminalWords>, string][])("%s: %s", (_name, change, refusal) => {
    expect(refusalOf(change)).toBe(refusal);
  });

  test("a check needs neither id nor sum, and takes a zero; a wrong one is still wrong", () => {
    const check = { command: "check", txnId: null } as const;
    expect(refusalOf({ ...check, sum: null })).toBeNull();
    expect(refusalOf({ ...check, sum: "0.00" })).toBeNull();
    expect(refusalOf({ ...check, sum: "0.50" })).toBe("sum_too_small");
    expect(refusalOf({ ...check, sum: "ten" })).toBe("bad_sum");
    expect(refusalOf({ ...check, txnId: "x" })).toBe("bad_txn_id");
  });

  test("cancel and status are told of by the id alone", () => {
    for (const command of ["cancel", "status"])
      expect([refusalOf({ command, account: null, sum: null }), refusalOf({ command, txnId: null })]).toEqual([
        null,
        "bad_txn_id",
      ]);
  });
});
