import { sql } from "drizzle-orm";
import iconv from "iconv-lite";
import { expect } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { PEER_HEADER } from "@/server/auth/request-headers";
import { addTerminal, type TerminalLogin, type TerminalProtocol } from "@/server/domain/payments";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { handleTerminal } from "../terminal-door";

export const QIWI = "79.142.16.7";
export const BANK = "194.54.14.9";
export const STRANGER = "203.0.113.7";
/** Of ours, in front. */
export const PROXY = "10.0.0.2";
export const NOON = "20261125120000";

export interface Sent {
  readonly protocol?: string;
  readonly login?: Omit<TerminalLogin, "terminalId"> | null;
  readonly secret?: string;
  readonly peer?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly proxies?: number;
}

type Element = "osmp_txn_id" | "prv_txn" | "sum" | "result" | "comment" | "CODE" | "MESSAGE" | "REG_DATE" | "AMOUNT";
export type Answer = { readonly status: number; readonly text: string } & Partial<Record<Element, string>>;

let nextTxn = 10_000_000_000_000_000_000n;
/** An id of twenty digits that nothing was paid under. */
export const txn = () => {
  nextTxn += 1n;
  return `${nextTxn}`;
};

export interface TerminalWorld {
  readonly database: TestDatabase;
  readonly world: World;
  readonly context: (address: string) => Promise<Context>;
  admin(): Context;
  add(code: string, protocol: TerminalProtocol, networks: string[]): Promise<TerminalLogin>;
  send(query: string, sent?: Sent): Promise<Response>;
  osmp(query: string, sent?: Sent): Promise<Answer>;
  sber(query: string, sent?: Sent): Promise<Answer>;
  /** What the book and the queue hold of an account. */
  booked(accountId: string): Promise<Record<string, number>>;
  /** How many rows of money there are at all. */
  everything(): Promise<number>;
}

/** An operator with a terminal of each protocol, and the door as it stands in the web server. */
export async function terminalWorld(): Promise<TerminalWorld> {
  const database = await testDatabase();
  const world = await createWorld(database.db, "2026-11-25");
  const context = async (address: string): Promise<Context> =>
    world.as({ kind: "webhook", source: "terminal", address });
  const admin = () => world.asStaff("admin");
  const add = (code: string, protocol: TerminalProtocol, networks: string[]) =>
    addTerminal(admin(), { code, name: code, protocol, networks });
  const qiwi = await add("qiwi", "osmp", ["79.142.16.0/20", "2a02:5180::/32"]);
  const bank = await add("sber", "sberbank", [BANK]);

  function send(query: string, sent: Sent = {}): Promise<Response> {
    const { protocol = "osmp", peer = QIWI, headers = {}, body, proxies = 0 } = sent;
    const login = sent.login === undefined ? qiwi : sent.login;
    const basic = login && Buffer.from(`${login.code}:${sent.secret ?? login.secret}`).toString("base64");
    const request = new Request(`http://localhost:3000/api/pay/${protocol}${query ? `?${query}` : ""}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(basic && { authorization: `Basic ${basic}` }),
        ...(peer && { [PEER_HEADER]: peer }),
        ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    return handleTerminal(request, protocol, { trustedProxies: proxies, context });
  }

  return {
    database,
    world,
    context,
    admin,
    add,
    send,
    osmp: (query, sent = {}) => answerOf(send(query, sent)),
    sber: (query, sent = {}) => answerOf(send(query, { protocol: "sberbank", login: bank, peer: BANK, ...sent })),
    async booked(accountId) {
      const [row] = await rowsOf<Record<string, string>>(
        world.ctx,
        sql`
        select (select count(*) from transfers where account_id = ${accountId} and kind = 'payment') as transfers,
               (select count(*) from payments where account_id = ${accountId}) as payments,
               (select count(*) from terminal_payments where account_id = ${accountId}) as claims,
               (select count(*) from events where account_id = ${accountId} and type = 'payment.posted') as events,
               (select count(*) from graphile_worker._private_jobs where key = ${`settle_account:${accountId}`}) as jobs,
               (select balance_minor from account_balances where account_id = ${accountId}) as balance`,
      );
      return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
    },
    async everything() {
      const [row] = await rowsOf<{ n: string }>(
        world.ctx,
        sql`select (select count(*) from transfers) + (select count(*) from payments)
                 + (select count(*) from terminal_payments) as n`,
      );
      return Number(row?.n);
    },
  };
}

export const payQuery = ({ accountNumber }: Pick<Subscriber, "accountNumber">, txnId: string, sum = "650.00") =>
  `command=pay&txn_id=${txnId}&account=${accountNumber}&sum=${sum}&txn_date=${NOON}`;

/** Status and elements of an answer; nothing of it may name our insides or the person. */
async function answerOf(response: Promise<Response>): Promise<Answer> {
  const { status, headers, bytes } = await response.then(async (one) => ({
    status: one.status,
    headers: one.headers,
    bytes: Buffer.from(await one.arrayBuffer()),
  }));
  const text = iconv.decode(bytes, headers.get("content-type")?.split("charset=")[1] ?? "utf-8");
  expect(text).not.toMatch(/Error|at \/|select |uzel|Абонент \d|Лесная|\+7912/);
  const elements = [...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name, value]);
  return { status, text, ...(Object.fromEntries(elements) as Partial<Record<Element, string>>) };
}
