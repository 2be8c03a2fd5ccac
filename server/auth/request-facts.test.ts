import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { nameRequests } from "./request-facts";

test("an address that holds NUL is turned away before anything reads it, any other comes through with its path", async () => {
  nameRequests();
  const server = createServer((request, response) => response.end(String(request.headers["x-uzel-path"])));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  const ask = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  expect((await ask("/crm/export?q=%00")).status).toBe(400);
  expect((await ask("/crm/a%00b")).status).toBe(400);
  const plain = await ask("/crm?q=%2500");
  expect([plain.status, await plain.text()]).toEqual([200, "/crm"]);
});
