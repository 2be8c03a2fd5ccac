import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestDatabase } from "@/db/testing/database";
import { PEER_HEADER } from "@/server/auth/request-headers";
import {
  addTerminal,
  changeTerminal,
  closeTerminal,
  listTerminalRequests,
  listTerminals,
  resetTerminal,
  type TerminalLogin,
} from "@/server/domain/payments";
import { rowsOf } from "@/server/platform/rows";
import type { Subscriber, World } from "@/server/scenarios/world";
import { handleTerminal } from "../terminal-door";
import {
  PROXY,
  payQuery as payQueryOf,
  QIWI,
  type Sent,
  STRANGER,
  type TerminalWorld,
  terminalWorld,
  txn,
} from "./terminal-world";

let door: TerminalWorld;
let world: World;
let database: TestDatabase;
let anna: Subscriber;
beforeAll(async () => {
  door = await terminalWorld();
  ({ world, database } = door);
});
afterAll(() => database.close());
beforeEach(async () => {
  world.travelTo("2026-11-25");
  anna = await world.subscriber({});
});

const send = (query: string, sent?: Sent) => door.send(query, sent);
const admin = () => door.admin();
const payQuery = (txnId: string, sum?: string, accountNumber = anna.accountNumber) =>
  payQueryOf({ accountNumber }, txnId, sum);

describe("who is not let in", () => {
  test.each([
    ["a stranger with the right secret", { peer: STRANGER }, 403],
    ["a stranger with a wrong one", { peer: STRANGER, secret: "wrong" }, 403],
    ["a stranger who names the right address", { peer: STRANGER, headers: { "x-forwarded-for": QIWI } }, 403],
    ["the same, who writes our own header", { peer: null, headers: { "x-forwarded-for": QIWI } }, 403],
    [
      "a stranger behind our proxy who wrote the right address first",
      { peer: PROXY, proxies: 1, headers: { "x-forwarded-for": `${QIWI}, ${STRANGER}` } },
      403,
    ],
    ["the right address with a wrong secret", { secret: "wrong" }, 401],
    ["the right address with no secret", { secret: "" }, 401],
    ["nobody's login", { login: { code: "nobody", secret: "x" } }, 403],
    ["no login at all", { login: null }, 401],
    ["a login that is no text", { login: null, headers: { authorization: "Basic AAAA" } }, 401],
    ["a token", { login: null, headers: { authorization: "Bearer x" } }, 401],
    ["another protocol's terminal", { protocol: "sberbank" }, 403],
    ["a protocol that is none", { protocol: "cyberplat" }, 404],
  ] as [string, Sent, number][])("%s: no word, no money", async (_name, sent, status) => {
    const before = await door.everything();
    const response = await send(payQuery(txn()), sent);
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(await door.everything()).toBe(before);
  });

  test("behind one proxy of ours the address is the one that it saw", async () => {
    const sent = { peer: PROXY, proxies: 1, headers: { "x-forwarded-for": `${STRANGER}, ${QIWI}` } };
    expect(await door.osmp(payQuery(txn()), sent)).toMatchObject({ result: "0" });
  });

  test("a certificate is believed from a proxy of ours alone, and only one that it has checked", async () => {
    const print = "ab".repeat(32);
    const login = await addTerminal(admin(), {
      code: `c${txn()}`,
      name: "with a certificate",
      protocol: "osmp",
      networks: [QIWI],
      certificate: print.toUpperCase().replace(/..(?!$)/g, "$&:"),
    });
    const verified = { "x-ssl-client-verify": "SUCCESS", "x-ssl-client-fingerprint": print };
    const behind = { login, peer: PROXY, proxies: 1 };
    const from = { "x-forwarded-for": QIWI };
    const status = async (sent: Sent) => (await send(payQuery(txn()), sent)).status;
    expect(await status({ ...behind, headers: { ...from, ...verified } })).toBe(200);
    expect(await status({ login, headers: verified })).toBe(403);
    expect(await status({ ...behind, headers: from })).toBe(403);
    expect(await status({ ...behind, headers: { ...from, ...verified, "x-ssl-client-verify": "FAILED" } })).toBe(403);
    expect(
      await status({ ...behind, headers: { ...from, ...verified, "x-ssl-client-fingerprint": "cd".repeat(32) } }),
    ).toBe(403);
    expect(await door.booked(anna.accountId)).toMatchObject({ transfers: 1 });
  });

  test("while the database is away a stranger hears 503 and no reason", async () => {
    const request = new Request("http://localhost:3000/api/pay/osmp", {
      headers: { authorization: `Basic ${btoa("qiwi:x")}`, [PEER_HEADER]: QIWI },
    });
    const broken = () => Promise.reject(new Error("password authentication failed for user uzel"));
    const response = await handleTerminal(request, "osmp", { trustedProxies: 0, context: broken });
    expect([response.status, await response.text()]).toEqual([503, ""]);
  });
});

describe("the office", () => {
  const knock = (login: TerminalLogin) =>
    send(`command=check&account=${anna.accountNumber}`, { login }).then((one) => one.status);

  test("a new secret shuts the old one out at once; a closed terminal is a stranger and keeps its code", async () => {
    const code = `o${txn()}`;
    const old = await addTerminal(admin(), { code, name: "one", protocol: "osmp", networks: [QIWI] });
    const fresh = await resetTerminal(admin(), { terminalId: old.terminalId });
    expect(fresh.secret).not.toBe(old.secret);
    expect([await knock(old), await knock(fresh)]).toEqual([401, 200]);
    await closeTerminal(admin(), { terminalId: old.terminalId });
    expect(await knock(fresh)).toBe(403);
    const again = { code, name: "two", protocol: "osmp" as const, networks: [QIWI] };
    await expect(addTerminal(admin(), again)).rejects.toMatchObject({ reason: "terminal.code_taken" });
    await expect(resetTerminal(admin(), { terminalId: old.terminalId })).rejects.toMatchObject({
      reason: "terminal.closed",
    });
  });

  test("a terminal moves to another address without a new secret", async () => {
    const login = await addTerminal(admin(), { code: `m${txn()}`, name: "m", protocol: "osmp", networks: [STRANGER] });
    expect(await knock(login)).toBe(403);
    await changeTerminal(admin(), { terminalId: login.terminalId, name: "m", networks: [QIWI] });
    expect(await knock(login)).toBe(200);
  });

  test("a secret stands nowhere: not in the table, not in the trail", async () => {
    const { secret } = await addTerminal(admin(), { code: `s${txn()}`, name: "s", protocol: "osmp", networks: [QIWI] });
    const [row] = await rowsOf<{ n: string }>(
      world.ctx,
      sql`select (select count(*) from terminals where terminals::text like ${`%${secret}%`})
               + (select count(*) from audit_log where audit_log::text like ${`%${secret}%`}) as n`,
    );
    expect(Number(row?.n)).toBe(0);
  });

  test.each([
    ["no address", { networks: [] }, /terminal.no_network/],
    ["a typed-in name for an address", { networks: ["qiwi.ru"] }, /terminal.bad_network/],
    ["a mask that is none", { networks: ["10.0.0.0/33"] }, /terminal.bad_network/],
    ["a code in capitals", { code: "QIWI" }, /terminal.bad_code/],
    ["the code of the cash desk", { code: "office" }, /terminal.code_taken/],
    ["half a fingerprint", { certificate: "abcd" }, /terminal.bad_certificate/],
  ] as const)("refuses %s", async (_name, change, words) => {
    const input = { code: `x${txn()}`, name: "x", protocol: "osmp", networks: [QIWI], ...change } as const;
    await expect(addTerminal(admin(), { ...input, networks: [...input.networks] })).rejects.toThrow(words);
  });

  test("what was asked is there to look at: taken, refused, and who was not let in", async () => {
    const login = await addTerminal(admin(), { code: `l${txn()}`, name: "Киоск", protocol: "osmp", networks: [QIWI] });
    const txnId = txn();
    for (const query of [payQuery(txnId), payQuery(txnId), payQuery(txnId, "1.00"), payQuery(txn(), "1.00", "404404")])
      await send(query, { login });
    await send(payQuery(txn()), { login, secret: "wrong" });
    const clerk = world.asStaff("billing_operator");
    const own = (await listTerminals(clerk)).find((one) => one.terminalId === login.terminalId);
    expect(own).toMatchObject({ accepted: 1, acceptedMinor: 650_00n, refused: 3 });
    const refusals = await listTerminalRequests(clerk, { show: "refusals" });
    expect(refusals.filter((one) => one.terminalName === "Киоск").map((one) => one.outcome)).toEqual([
      "wrong_secret",
      "account_not_found",
      "conflict",
    ]);
    const [repeat, first] = (await listTerminalRequests(clerk, { show: "payments" })).filter(
      (one) => one.txnId === txnId,
    );
    expect([first, repeat]).toMatchObject([
      { repeated: false, accountId: anna.accountId, amountMinor: 650_00n, address: QIWI },
      { repeated: true },
    ]);
  });
});
