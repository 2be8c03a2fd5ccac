import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { PEER_HEADER } from "@/server/auth/request-headers";
import { createNetworkList } from "@/server/integrations/yookassa/networks";
import { type Context, createContext } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { handleYookassaWebhook, webhookNetworks } from "../yookassa-webhook";

const PROVIDER = "185.71.76.1";
const LOOPBACK = "127.0.0.1";
const real = createNetworkList(webhookNetworks({ YOOKASSA_WEBHOOK_NETWORKS: undefined, YOOKASSA_TEST_MODE: false }));
const fake = createNetworkList(webhookNetworks({ YOOKASSA_WEBHOOK_NETWORKS: undefined, YOOKASSA_TEST_MODE: true }));

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const context = async (address: string): Promise<Context> =>
  createContext({
    db: database.db,
    zone: "Europe/Moscow",
    actor: { kind: "webhook", source: "yookassa", address },
  });

const note = (id: string, more: object = {}) => ({
  type: "notification",
  event: "payment.succeeded",
  object: { id, status: "succeeded", amount: { value: "650.00", currency: "RUB" }, ...more },
});

type Sent = { body?: unknown; text?: string; headers?: Record<string, string>; peer?: string | null };

function send({ body = note("p"), text, headers = {}, peer = PROVIDER }: Sent, allows = real) {
  const request = new Request("http://localhost:3000/api/webhooks/yookassa", {
    method: "POST",
    headers: { "content-type": "application/json", ...(peer && { [PEER_HEADER]: peer }), ...headers },
    body: text ?? JSON.stringify(body),
  });
  return handleYookassaWebhook(request, { allows, context });
}

async function kept() {
  const rows = await rowsOf<{ table: string; n: string }>(
    { db: database.db },
    sql`select 'deliveries' as table, count(*) as n from webhook_deliveries
        union all select 'deliveries_counted', coalesce(sum(deliveries), 0) from webhook_deliveries
        union all select 'jobs', count(*) from graphile_worker._private_jobs
        union all select 'transfers', count(*) from transfers`,
  );
  return Object.fromEntries(rows.map((row) => [row.table, Number(row.n)]));
}

describe("who is not heard", () => {
  test.each([
    ["a stranger", { peer: "203.0.113.7" }],
    [
      "a stranger who writes the provider's address into X-Forwarded-For",
      { peer: "203.0.113.7", headers: { "x-forwarded-for": PROVIDER } },
    ],
    ["this machine, when the shop is a real one", { peer: LOOPBACK }],
    ["somebody whose socket is not known", { peer: null, headers: { "x-forwarded-for": PROVIDER } }],
  ] as [string, Sent][])("%s: 403, without a word, and nothing is kept", async (_name, sent) => {
    const response = await send(sent);
    expect([response.status, await response.text()]).toEqual([403, ""]);
    expect(await kept()).toEqual({ deliveries: 0, deliveries_counted: 0, jobs: 0, transfers: 0 });
  });

  test("this machine is heard while the fake provider stands in", async () => {
    expect((await send({ peer: LOOPBACK, body: { ...note("x"), event: "nothing" } }, fake)).status).toBe(400);
  });

  test("a setting replaces the provider's networks", () => {
    const allows = createNetworkList(
      webhookNetworks({ YOOKASSA_WEBHOOK_NETWORKS: ["198.51.100.0/24"], YOOKASSA_TEST_MODE: false }),
    );
    expect([allows("198.51.100.9"), allows(PROVIDER)]).toEqual([true, false]);
  });
});

describe("what is not understood", () => {
  const deep = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;
  test.each([
    ["no JSON", { text: "{" }, 400],
    ["an empty body", { text: "" }, 400],
    ["an array", { body: [note("p")] }, 400],
    ["null", { text: "null" }, 400],
    ["another type of message", { body: { ...note("p"), type: "greeting" } }, 400],
    ["an event that is none", { body: { ...note("p"), event: "payment.imagined" } }, 400],
    ["an id with a quote in it", { body: note("p'; drop table payments; --") }, 400],
    ["an id of megabytes", { body: note("p".repeat(10_000)) }, 400],
    ["a NUL, which the database cannot hold", { body: note("p", { description: "a\u0000b" }) }, 400],
    ["half a surrogate pair", { body: note("p", { description: "\ud800" }) }, 400],
    ["brackets without end", { text: deep }, 400],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["a body of a megabyte", { body: note("p", { description: "x".repeat(1_000_000) }) }, 413],
  ] as [string, Sent, number][])("%s: refused, and nothing is kept", async (_name, sent, status) => {
    const response = await send(sent);
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(await kept()).toEqual({ deliveries: 0, deliveries_counted: 0, jobs: 0, transfers: 0 });
  });
});

describe("what is kept", () => {
  test("a payment nobody asked for: one row, one job, no money, however often it comes", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({ body: note("forged-1") })));
    expect(answers.map((response) => response.status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await kept()).toEqual({ deliveries: 1, deliveries_counted: 20, jobs: 1, transfers: 0 });
  });

  test("when it could not be kept the provider is asked to send it again, and is shown no reason", async () => {
    const broken = () => Promise.reject(new Error("password authentication failed for user uzel"));
    const request = new Request("http://localhost:3000/api/webhooks/yookassa", {
      method: "POST",
      headers: { "content-type": "application/json", [PEER_HEADER]: PROVIDER },
      body: JSON.stringify(note("p")),
    });
    const response = await handleYookassaWebhook(request, { allows: real, context: broken });
    expect([response.status, await response.text()]).toEqual([503, ""]);
  });
});
