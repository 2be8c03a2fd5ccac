import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { dialectOf, readWords, writeAnswer } from "./wire";

const osmp = dialectOf("osmp");
const sberbank = dialectOf("sberbank");
if (!osmp || !sberbank) throw new Error("a dialect is missing");
const escaped = (text: string, encoding: string) =>
  [...iconv.encode(text, encoding)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

test("nobody speaks a protocol that is a word of the language's own", () => {
  for (const name of ["constructor", "__proto__", "toString", "", "OSMP"]) expect(dialectOf(name)).toBeNull();
});

describe("what was asked", () => {
  test("OSMP's names, values and Moscow's clock", () => {
    const query =
      "command=pay&txn_id=00000000000000000001&account=4957835959&sum=10.45&txn_date=20261125120133&trm_id=7";
    expect(readWords(osmp, [query])).toEqual({
      malformed: false,
      command: "pay",
      txnId: "00000000000000000001",
      account: "4957835959",
      sum: "10.45",
      paidAt: new Date("2026-11-25T09:01:33Z"),
      mustHaveDate: false,
    });
  });

  test("Sberbank's, in either case of letters", () => {
    const query = "action=payment&PAY_ID=1&Account=1&AMOUNT=1.00&PAY_DATE=25.11.2026_12%3A01%3A33";
    expect(readWords(sberbank, [query])).toMatchObject({
      malformed: false,
      command: "pay",
      paidAt: new Date("2026-11-25T09:01:33Z"),
    });
  });

  test("a dialect's words are not another's", () => {
    expect(readWords(osmp, ["command=payment"]).command).toBeNull();
    expect(readWords(sberbank, ["ACTION=pay"]).command).toBeNull();
    expect(readWords(osmp, ["command=constructor"]).command).toBeNull();
  });

  test.each([
    ["a parameter twice", ["command=pay&account=1&account=2"]],
    ["twice in another case", ["command=pay&account=1&ACCOUNT=2"]],
    ["once in the query and once in the form", ["command=pay&account=1", "account=2"]],
    ["twice with its name escaped", ["command=pay&account=1&%61ccount=2"]],
    ["longer than anybody asks", [`command=pay&account=${"1".repeat(3_000)}`]],
    ["a body that is no form", ["command=pay", null]],
  ] as [string, (string | null)[]][])("%s: nothing can be relied on", (_name, encoded) => {
    expect(readWords(osmp, encoded).malformed).toBe(true);
  });

  test("letters are those of the dialect: the other's are no letters, or others", () => {
    const account = (dialect: typeof osmp, encoding: string) =>
      readWords(dialect, [`account=${escaped("Л-1", encoding)}`]).account;
    expect(account(osmp, "utf-8")).toBe("Л-1");
    expect(account(osmp, "windows-1251")).toBe("\ufffd-1");
    expect(account(sberbank, "windows-1251")).toBe("Л-1");
    expect(account(sberbank, "utf-8")).toBe("Р›-1");
  });

  test.each([
    "20261325120133",
    "20261131120133",
    "20261125240000",
    "20261125126000",
    "2026112512013",
    "25.11.2026",
    "<!>",
  ])("«%s» is no date of OSMP", (text) => expect(readWords(osmp, [`txn_date=${text}`]).paidAt).toBe("unreadable"));

  test("an escape that is none stays as it was written", () => {
    expect(readWords(osmp, ["account=%zz%4"]).account).toBe("%zz%4");
  });
});

describe("what is answered", () => {
  const payment = { number: 2016n, amountMinor: 10_45n, receivedAt: new Date("2026-11-24T21:01:33Z") };
  const answer = { outcome: "ok", command: "pay", txnId: "99999999999999999999", payment } as const;

  test("OSMP: UTF-8, every digit of the id, the sum as it was", () => {
    const { type, body } = writeAnswer(osmp, answer);
    expect([type, Buffer.from(body).toString("utf8")]).toEqual([
      "text/xml; charset=utf-8",
      '<?xml version="1.0" encoding="UTF-8"?>\n<response><osmp_txn_id>99999999999999999999</osmp_txn_id>' +
        "<prv_txn>2016</prv_txn><sum>10.45</sum><result>0</result><comment>OK</comment></response>\n",
    ]);
  });

  test("Sberbank: windows-1251, its own elements, Moscow's clock past midnight", () => {
    const { type, body } = writeAnswer(sberbank, answer);
    expect([type, iconv.decode(Buffer.from(body), "windows-1251")]).toEqual([
      "text/xml; charset=windows-1251",
      '<?xml version="1.0" encoding="WINDOWS-1251"?>\n<response><CODE>0</CODE><MESSAGE>Успешное завершение операции</MESSAGE>' +
        "<EXT_ID>2016</EXT_ID><REG_DATE>25.11.2026_00:01:33</REG_DATE><AMOUNT>10.45</AMOUNT></response>\n",
    ]);
  });

  test("every refusal has a code of its protocol and no payment", () => {
    const codes = (dialect: typeof osmp) =>
      Object.fromEntries(Object.entries(dialect.answers).map(([outcome, [code]]) => [outcome, code]));
    expect(codes(osmp)).toEqual({
      ...{ ok: 0, try_later: 1, bad_account: 4, account_not_found: 5, account_inactive: 79 },
      ...{ sum_too_small: 241, sum_too_large: 242, malformed: 300, unknown_command: 300, bad_txn_id: 300 },
      ...{ bad_sum: 300, bad_date: 300, conflict: 300, payment_not_found: 300, payment_reversed: 300 },
      cancel_refused: 300,
    });
    expect(codes(sberbank)).toEqual({
      ...{ ok: 0, try_later: 1, unknown_command: 2, account_not_found: 3, bad_account: 4, account_inactive: 5 },
      ...{ bad_txn_id: 6, payment_not_found: 6, cancel_refused: 7, conflict: 8, payment_reversed: 8 },
      ...{ bad_sum: 9, sum_too_small: 10, sum_too_large: 11, bad_date: 12, malformed: 300 },
    });
  });
});
