import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { clientAddress } from "./client-address";
import { nameRequests } from "./request-facts";
import { PEER_HEADER } from "./request-headers";

const headers = (peer: string | null, forwarded?: string) =>
  new Headers({ ...(peer && { [PEER_HEADER]: peer }), ...(forwarded && { "x-forwarded-for": forwarded }) });

test.each([
  ["203.0.113.7", undefined, 0, "203.0.113.7"],
  ["::ffff:203.0.113.7", undefined, 0, "203.0.113.7"],
  ["2001:db8::1", undefined, 0, "2001:db8::1"],
  ["203.0.113.7", "185.71.76.1", 0, "203.0.113.7"],
  [null, "185.71.76.1", 0, null],
  ["10.0.0.2", "185.71.76.1, 203.0.113.7", 1, "203.0.113.7"],
  ["10.0.0.2", "185.71.76.1, 203.0.113.7, 10.0.0.9", 2, "203.0.113.7"],
  ["10.0.0.2", "203.0.113.7:4711", 1, "203.0.113.7"],
  ["10.0.0.2", "[2001:db8::1]:443", 1, "2001:db8::1"],
  ["10.0.0.2", "unknown", 1, null],
  ["10.0.0.2", "0177.0.0.1", 1, null],
  ["10.0.0.2", undefined, 1, null],
] as const)(
  "socket %s, X-Forwarded-For %s, %d proxies of ours: the sender is %s",
  (peer, forwarded, proxies, sender) => {
    expect(clientAddress(headers(peer, forwarded), proxies)).toBe(sender);
  },
);

const seen: unknown[] = [];
const server = createServer((incoming, answer) => {
  seen.push(incoming.headers[PEER_HEADER]);
  answer.end();
});
afterAll(() => server.close());

test("the sender cannot name itself: the socket's address is written over what it sent", async () => {
  nameRequests();
  nameRequests();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) =>
    request({ port, host: "127.0.0.1", headers: { [PEER_HEADER]: "185.71.76.1" } }, resolve).end(),
  );
  expect(seen).toEqual(["127.0.0.1"]);
});
