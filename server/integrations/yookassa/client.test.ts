import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type CollectRequest, GatewayError } from "@/server/domain/payments/ports";
import { createYookassaGateway } from "./client";

const SECRET = "test_canarySecretKey42";
const SHOP = "100500";
const BASIC = Buffer.from(`${SHOP}:${SECRET}`).toString("base64");
const PAYMENT_ID = "2d8a1f3c-000f-5000-8000-1f2e3d4c5b6a";
const PENDING = {
  id: PAYMENT_ID,
  status: "pending",
  paid: false,
  test: true,
  amount: { value: "500.00", currency: "RUB" },
  recipient: { account_id: SHOP, gateway_id: "1" },
  metadata: { payment: "p1" },
  confirmation: { type: "redirect", confirmation_url: "https://yoomoney.example/pay" },
  created_at: "2026-11-22T10:00:00.000Z",
  refundable: false,
};
const REQUEST: CollectRequest = {
  idempotenceKey: "018e5f0a-1b2c-7d4e-9f0a-1b2c3d4e5f6a",
  amountMinor: 50_000n,
  currency: "RUB",
  description: "Пополнение лицевого счёта 100 2457",
  returnUrl: "https://uzel.example/my/top-up/p1",
  metadata: { payment: "p1" },
  receipt: null,
};

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  vi.restoreAllMocks();
});

async function provider(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    seen.push({
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { seen, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3` };
}

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};
const gatewayTo = (apiUrl: string, timeoutMs = 2_000) =>
  createYookassaGateway({ shopId: SHOP, secretKey: SECRET, apiUrl, timeoutMs });

async function failureOf(work: Promise<unknown>): Promise<GatewayError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GatewayError);
  return error as GatewayError;
}

/** Everything that a logger could possibly write of a value: all own properties, hidden ones too, and what they hold. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  const own = Reflect.ownKeys(value).map((key) => everythingIn(Reflect.get(value, key), seen));
  return [inspect(value, { depth: null, showHidden: true }), JSON.stringify(value) ?? "", ...own].join("\n");
}

function expectNoSecret(value: unknown): void {
  const text = everythingIn(value);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(BASIC);
}

describe("creating a payment", () => {
  it("sends our persisted key, credentials and one-step capture, and reads the answer", async () => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    const payment = await gatewayTo(apiUrl).createPayment(REQUEST);
    expect(payment).toMatchObject({ id: PAYMENT_ID, status: "pending", amountMinor: 50_000n, test: true });
    expect(payment.confirmationUrl).toBe("https://yoomoney.example/pay");
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", url: "/v3/payments" });
    expect(seen[0]?.headers["idempotence-key"]).toBe(REQUEST.idempotenceKey);
    expect(seen[0]?.headers.authorization).toBe(`Basic ${BASIC}`);
    expect(seen[0]?.headers["content-type"]).toContain("application/json");
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      amount: { value: "500.00", currency: "RUB" },
      capture: true,
      description: REQUEST.description,
      confirmation: { type: "redirect", return_url: REQUEST.returnUrl },
      metadata: { payment: "p1" },
    });
  });

  it("repeats with the very same key and bytes", async () => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    const gateway = gatewayTo(apiUrl);
    await gateway.createPayment(REQUEST);
    await gateway.createPayment(REQUEST);
    await gatewayTo(apiUrl).createPayment(REQUEST);
    expect(new Set(seen.map((request) => request.headers["idempotence-key"]))).toEqual(
      new Set([REQUEST.idempotenceKey]),
    );
    expect(new Set(seen.map((request) => request.body)).size).toBe(1);
  });

  it("keeps two shops apart in one process", async () => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    await gatewayTo(apiUrl).createPayment(REQUEST);
    const other = createYookassaGateway({ shopId: "200", secretKey: "other", apiUrl, timeoutMs: 2_000 });
    await other.createPayment(REQUEST);
    expect(seen.map((request) => request.headers.authorization)).toEqual([
      `Basic ${BASIC}`,
      `Basic ${Buffer.from("200:other").toString("base64")}`,
    ]);
  });

  it("carries a receipt of an advance at 22/122 when there is a contact", async () => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    const gateway = gatewayTo(apiUrl);
    await gateway.createPayment({ ...REQUEST, receipt: { contact: { phone: "+7 (900) 000-00-00" } } });
    await gateway.createPayment({ ...REQUEST, receipt: { contact: { email: "a@example.ru", phone: "79000000000" } } });
    const receipts = seen.map((request) => JSON.parse(request.body).receipt);
    expect(receipts[0]).toEqual({
      customer: { phone: "79000000000" },
      items: [
        {
          description: REQUEST.description,
          quantity: 1,
          measure: "piece",
          amount: { value: "500.00", currency: "RUB" },
          vat_code: 12,
          payment_mode: "advance",
          payment_subject: "payment",
        },
      ],
      internet: true,
    });
    expect(receipts[1].customer).toEqual({ email: "a@example.ru" });
  });

  it.each<[string, Partial<CollectRequest>]>([
    ["idempotence_key_malformed", { idempotenceKey: "k".repeat(65) }],
    ["idempotence_key_malformed", { idempotenceKey: "" }],
    ["idempotence_key_malformed", { idempotenceKey: "key\r\nX-Injected: 1" }],
    ["amount_not_positive", { amountMinor: 0n }],
    ["amount_not_positive", { amountMinor: -1n }],
    ["metadata_too_many", { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, "v"])) }],
    ["metadata_too_long", { metadata: { ["k".repeat(33)]: "v" } }],
    ["metadata_too_long", { metadata: { k: "v".repeat(513) } }],
    ["receipt_contact_missing", { receipt: { contact: {} } }],
    ["return_url_too_long", { returnUrl: `https://uzel.example/${"a".repeat(2048)}` }],
  ])("is declined as %s before anything is sent", async (code, change) => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    const error = await failureOf(gatewayTo(apiUrl).createPayment({ ...REQUEST, ...change }));
    expect(error).toMatchObject({ kind: "declined", code });
    expect(seen).toHaveLength(0);
  });

  it("accepts a key of exactly 64 characters and cuts a long description to 128", async () => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    await gatewayTo(apiUrl).createPayment({
      ...REQUEST,
      idempotenceKey: "k".repeat(64),
      description: "ё".repeat(200),
    });
    expect(seen[0]?.headers["idempotence-key"]).toHaveLength(64);
    expect(JSON.parse(seen[0]?.body ?? "").description).toBe("ё".repeat(128));
  });
});

describe("reading a payment back", () => {
  it("asks for that payment", async () => {
    const { apiUrl, seen } = await provider(json(200, { ...PENDING, status: "succeeded", paid: true }));
    expect(await gatewayTo(apiUrl).readPayment(PAYMENT_ID)).toMatchObject({ status: "succeeded", paid: true });
    expect(seen[0]).toMatchObject({ method: "GET", url: `/v3/payments/${PAYMENT_ID}`, body: "" });
  });

  it("does not believe an answer about another payment", async () => {
    const { apiUrl } = await provider(json(200, { ...PENDING, id: PAYMENT_ID.replace("2d", "3d") }));
    expect(await failureOf(gatewayTo(apiUrl).readPayment(PAYMENT_ID))).toMatchObject({
      kind: "unknown",
      code: "other_payment_answered",
    });
  });

  it.each(["../refunds/1", "", "a/b", "%2e%2e", `${PAYMENT_ID}?x=1`])("never asks for %j", async (id) => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    expect(await failureOf(gatewayTo(apiUrl).readPayment(id))).toMatchObject({ kind: "not_found" });
    expect(seen).toHaveLength(0);
  });
});

describe("what the provider's answers mean", () => {
  const error = (code: string, parameter?: string) => ({ type: "error", id: "e", code, description: "…", parameter });

  it.each([
    [400, error("invalid_request", "receipt.customer.email"), "declined", "invalid_request.receipt"],
    [400, error("invalid_request", "Idempotence-Key"), "declined", "invalid_request.Idempotence-Key"],
    [400, error("invalid_request", SECRET), "declined", "invalid_request"],
    [401, error("invalid_credentials"), "declined", "invalid_credentials"],
    [403, error("forbidden"), "declined", "forbidden"],
    [404, error("not_found"), "not_found", "not_found"],
    [404, "<html>nginx</html>", "not_found", "http_404"],
    [408, "", "unknown", "http_408"],
    [429, error("too_many_requests"), "rate_limited", "too_many_requests"],
    [429, "", "rate_limited", "http_429"],
    [400, "", "declined", "http_400"],
    [400, error(SECRET), "declined", "http_400"],
    [500, error("internal_server_error"), "unknown", "internal_server_error"],
    [500, "", "unknown", "http_500"],
    [502, "<html>Bad gateway</html>", "unknown", "http_502"],
    [504, "", "unknown", "http_504"],
    [202, { type: "processing" }, "unknown", "http_202"],
    [204, "", "unknown", "http_204"],
    [200, "", "unknown", "malformed_answer"],
    [200, "{", "unknown", "malformed_answer"],
    [200, "<html>captive portal</html>", "unknown", "malformed_answer"],
    [200, { ...PENDING, amount: { value: "500,00", currency: "RUB" } }, "unknown", "malformed_answer"],
  ])("%i %j is %s (%s), with no secret in it", async (status, body, kind, code) => {
    const { apiUrl } = await provider(json(status, body));
    const gateway = gatewayTo(apiUrl);
    const failures = [
      await failureOf(gateway.createPayment(REQUEST)),
      await failureOf(gateway.readPayment(PAYMENT_ID)),
    ];
    for (const failure of failures) {
      expect(failure).toMatchObject({ kind, code });
      expectNoSecret(failure);
    }
  });

  it("a redirect is not followed: the credentials stay here", async () => {
    const elsewhere = await provider(json(200, PENDING));
    const { apiUrl, seen } = await provider((response) => {
      response.writeHead(302, { location: `${elsewhere.apiUrl}/payments/${PAYMENT_ID}` });
      response.end();
    });
    expect(await failureOf(gatewayTo(apiUrl).readPayment(PAYMENT_ID))).toMatchObject({
      kind: "unknown",
      code: "http_302",
    });
    expect(await failureOf(gatewayTo(apiUrl).createPayment(REQUEST))).toMatchObject({ kind: "unknown" });
    expect(seen).toHaveLength(2);
    expect(elsewhere.seen).toHaveLength(0);
  });
});

describe("when the provider does not answer", () => {
  it("a hanging server is unknown after the time-out", async () => {
    const { apiUrl, seen } = await provider(() => undefined);
    const failure = await failureOf(gatewayTo(apiUrl, 120).createPayment(REQUEST));
    expect(failure).toMatchObject({ kind: "unknown", code: "timeout" });
    expect(seen).toHaveLength(1);
    expectNoSecret(failure);
  });

  it("a server that drips bytes is cut off by the same time-out", async () => {
    const timers: NodeJS.Timeout[] = [];
    const { apiUrl } = await provider((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      timers.push(setInterval(() => response.write(" "), 40));
    });
    const started = performance.now();
    const failure = await failureOf(gatewayTo(apiUrl, 200).readPayment(PAYMENT_ID));
    for (const timer of timers) clearInterval(timer);
    expect(failure).toMatchObject({ kind: "unknown", code: "timeout" });
    expect(performance.now() - started).toBeLessThan(5_000);
    expectNoSecret(failure);
  });

  it("an answer without end is cut off by its size", async () => {
    const { apiUrl } = await provider((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(PENDING) + " ".repeat(2_000_000));
    });
    expect(await failureOf(gatewayTo(apiUrl).readPayment(PAYMENT_ID))).toMatchObject({ kind: "unknown" });
  });

  it("a connection cut in mid-answer is unknown", async () => {
    const { apiUrl } = await provider((response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{");
      setImmediate(() => response.destroy());
    });
    const failure = await failureOf(gatewayTo(apiUrl).createPayment(REQUEST));
    expect(failure.kind).toBe("unknown");
    expectNoSecret(failure);
  });

  it("a closed port is unknown, and neither the error nor its stack nor the console has the secret", async () => {
    const lines: unknown[] = [];
    for (const level of ["log", "info", "warn", "error", "debug"] as const)
      vi.spyOn(console, level).mockImplementation((...parts) => void lines.push(parts));
    const { apiUrl } = await provider(() => undefined);
    await closers.pop()?.();
    const failure = await failureOf(gatewayTo(apiUrl).createPayment(REQUEST));
    expect(failure).toMatchObject({ kind: "unknown", code: "network.econnrefused" });
    expect(failure.cause).toBeUndefined();
    expectNoSecret(failure);
    expect(lines).toEqual([]);
  });

  it("ignores a proxy from the environment", async () => {
    const trap = await provider(json(200, PENDING));
    const { apiUrl, seen } = await provider(json(200, PENDING));
    vi.stubEnv("HTTP_PROXY", new URL(trap.apiUrl).origin);
    vi.stubEnv("http_proxy", new URL(trap.apiUrl).origin);
    vi.stubEnv("NO_PROXY", "");
    await gatewayTo(apiUrl).readPayment(PAYMENT_ID);
    vi.unstubAllEnvs();
    expect([seen.length, trap.seen.length]).toEqual([1, 0]);
  });
});

describe("the gateway itself", () => {
  it("shows no secret to whoever prints it", () => {
    expectNoSecret(gatewayTo("http://127.0.0.1:1/v3"));
  });

  it("says it is a test when the API is on this machine, unless told", () => {
    expect(gatewayTo("http://127.0.0.1:1/v3").testMode).toBe(true);
    expect(gatewayTo("https://api.yookassa.ru/v3").testMode).toBe(false);
    const told = { shopId: SHOP, secretKey: SECRET, apiUrl: "https://stand.example/v3", timeoutMs: 1, testMode: true };
    expect(createYookassaGateway(told).testMode).toBe(true);
  });

  it.each(["http://api.yookassa.ru/v3", "ftp://127.0.0.1/v3", "https://u:p@api.yookassa.ru/v3", "api", ""])(
    "is not made for the address %j",
    (apiUrl) => {
      expect(() => gatewayTo(apiUrl)).toThrow("yookassa.api_url");
    },
  );

  it("works with a trailing slash in the address", async () => {
    const { apiUrl, seen } = await provider(json(200, PENDING));
    await gatewayTo(`${apiUrl}/`).readPayment(PAYMENT_ID);
    expect(seen[0]?.url).toBe(`/v3/payments/${PAYMENT_ID}`);
  });
});
