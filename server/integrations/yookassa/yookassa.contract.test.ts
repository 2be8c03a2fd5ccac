import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ValidateFunction } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CollectRequest, PaymentGateway } from "@/server/domain/payments/ports";
import { hasSpec, loadSpec, type OfficialSpec, SPEC_FILE } from "./__tests__/official-spec";
import { createYookassaGateway } from "./client";
import { type FakeYookassa, startFakeYookassa } from "./fake";

if (!hasSpec)
  process.stderr.write(`SKIPPED: YooKassa contract tests, the official specification is not at ${SPEC_FILE}\n`);

const SHOP = { shopId: "100500", secretKey: "test_secret" };
const AUTHORIZATION = `Basic ${Buffer.from(`${SHOP.shopId}:${SHOP.secretKey}`).toString("base64")}`;

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly request: unknown;
  readonly status: number;
  readonly answer: Record<string, unknown>;
}

/** Stands between our client and the fake provider and writes down both sides, as they were on the wire. */
async function startRecorder(target: () => string) {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const key = request.headers["idempotence-key"]?.toString();
    const upstream = await fetch(`${target()}${request.url?.replace("/v3", "")}`, {
      method: request.method ?? "GET",
      headers: {
        authorization: request.headers.authorization ?? "",
        "content-type": "application/json",
        ...(key && { "idempotence-key": key }),
      },
      ...(body && { body }),
    });
    const text = await upstream.text();
    exchanges.push({
      method: request.method ?? "",
      path: request.url ?? "",
      key,
      request: body ? JSON.parse(body) : null,
      status: upstream.status,
      answer: JSON.parse(text),
    });
    response.writeHead(upstream.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { exchanges, server, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3` };
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

function errorsOf(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);
}

describe.skipIf(!hasSpec)("the official YooKassa specification", () => {
  let spec: OfficialSpec;
  let fake: FakeYookassa;
  let gateway: PaymentGateway;
  let recorder: Awaited<ReturnType<typeof startRecorder>>;
  let hooks: ReturnType<typeof createServer>;
  const notifications: Record<string, unknown>[] = [];
  let serial = 0;

  const request = (change: Partial<CollectRequest> = {}): CollectRequest => {
    serial += 1;
    return {
      idempotenceKey: `018e5f0a-1b2c-7d4e-9f0a-${serial.toString().padStart(12, "0")}`,
      amountMinor: 195_050n,
      currency: "RUB",
      description: "Пополнение лицевого счёта 100 2457",
      returnUrl: "https://uzel.example/my/top-up/p1",
      metadata: { payment: "p1", account: "a1" },
      receipt: { contact: { email: "subscriber@example.ru" } },
      ...change,
    };
  };
  const last = (): Exchange => {
    const exchange = recorder.exchanges.at(-1);
    if (!exchange) throw new Error("nothing was sent");
    return exchange;
  };
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: AUTHORIZATION, "content-type": "application/json", "idempotence-key": "raw" };
    const answer = await fetch(`${fake.apiUrl}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const createUncaptured = async (key: string) => {
    const confirmation = { type: "redirect", return_url: "https://uzel.example/" };
    const body = JSON.stringify({ amount: { value: "10.00", currency: "RUB" }, capture: false, confirmation });
    return (await call("/payments", { method: "POST", body, headers: { "idempotence-key": key } })).body as {
      id: string;
    };
  };

  beforeAll(async () => {
    spec = loadSpec();
    hooks = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      notifications.push(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => hooks.listen(0, "127.0.0.1", resolve));
    const webhookUrl = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`;
    fake = await startFakeYookassa({ port: 0, ...SHOP, webhookUrl });
    recorder = await startRecorder(() => fake.apiUrl);
    gateway = createYookassaGateway({ ...SHOP, apiUrl: recorder.apiUrl, timeoutMs: 5_000 });
  });

  afterAll(async () => {
    await fake?.close();
    for (const server of [recorder?.server, hooks]) {
      server?.closeAllConnections();
      server?.close();
    }
  });

  it("has a constant on every branch of the payments' oneOfs after the repair", () => {
    expect(spec.looseBranches).toEqual([]);
  });

  it.each<[string, Partial<CollectRequest>]>([
    ["with a receipt to an e-mail", {}],
    ["with a receipt to a phone", { receipt: { contact: { phone: "+7 900 000-00-00" } } }],
    ["without a receipt", { receipt: null }],
    ["at its limits", { description: "ё".repeat(300), amountMinor: 1n, metadata: {} }],
  ])("accepts our request %s, as captured on the wire", async (_name, change) => {
    await gateway.createPayment(request(change));
    expect(last()).toMatchObject({ method: "POST", path: "/v3/payments", status: 200 });
    expectValid(spec.createRequest, last().request);
    expectValid(spec.idempotenceKey, last().key);
  });

  it.each([
    ["a misspelt field", { confirmaton: {} }, " additionalProperties"],
    ["a number for an amount", { amount: { value: 10, currency: "RUB" } }, "/amount/value type"],
    ["an unknown currency", { amount: { value: "10.00", currency: "XXX" } }, "/amount/currency enum"],
    ["no amount", { amount: undefined }, " required"],
    ["an unknown confirmation", { confirmation: { type: "carrier_pigeon" } }, "/confirmation oneOf"],
    ["a redirect to nowhere", { confirmation: { type: "redirect" } }, "/confirmation oneOf"],
    [
      "17 pairs",
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [n, "v"])) },
      "/metadata maxProperties",
    ],
    ["a rate that does not exist", { receipt: { items: [{ vat_code: 13 }] } }, "/receipt/items/0/vat_code maximum"],
  ])("would refuse our request with %s", async (_name, change, error) => {
    await gateway.createPayment(request());
    expect(errorsOf(spec.createRequest, { ...(last().request as object), ...change })).toContain(error);
  });

  it("describes the fake's payment in each status", async () => {
    const created = await gateway.createPayment(request());
    expectValid(spec.payment, last().answer);
    expect(last().answer.status).toBe("pending");

    fake.settle(created.id, "paid");
    await gateway.readPayment(created.id);
    expectValid(spec.payment, last().answer);
    expect(last().answer.status).toBe("succeeded");

    const refused = await gateway.createPayment(request());
    fake.settle(refused.id, "refused", "insufficient_funds");
    await gateway.readPayment(refused.id);
    expectValid(spec.payment, last().answer);
    expect(last().answer.status).toBe("canceled");

    const held = await createUncaptured("held");
    fake.settle(held.id, "paid");
    const waiting = await call(`/payments/${held.id}`);
    expectValid(spec.payment, waiting.body);
    expect(waiting.body.status).toBe("waiting_for_capture");
    const captured = await call(`/payments/${held.id}/capture`, { method: "POST", body: "{}" });
    expectValid(spec.payment, captured.body);
    expect(captured.body.status).toBe("succeeded");

    const dropped = await createUncaptured("dropped");
    fake.settle(dropped.id, "paid");
    const canceled = await call(`/payments/${dropped.id}/cancel`, { method: "POST", body: "{}" });
    expectValid(spec.payment, canceled.body);
    expect(canceled.body.status).toBe("canceled");
  });

  it.each([
    ["an unknown status", { status: "done" }, "/status enum"],
    ["a float for an amount", { amount: { value: 10.5, currency: "RUB" } }, "/amount/value type"],
    ["no recipient", { recipient: undefined }, " required"],
    ["a wrong date", { created_at: "22.11.2026" }, "/created_at format"],
    [
      "a method of no kind",
      { payment_method: { type: "barter", id: "1", saved: false, status: "active" } },
      "/payment_method oneOf",
    ],
    [
      "a card without its number",
      { payment_method: { type: "bank_card", id: "1", saved: false, status: "active", card: {} } },
      "/payment_method oneOf",
    ],
    [
      "an unknown reason",
      { cancellation_details: { party: "merchant", reason: "mood" } },
      "/cancellation_details/reason enum",
    ],
  ])("would refuse the fake's payment with %s", async (_name, change, error) => {
    const { id } = await gateway.createPayment(request());
    fake.settle(id, "paid");
    await gateway.readPayment(id);
    expectValid(spec.payment, last().answer);
    expect(errorsOf(spec.payment, { ...last().answer, ...change })).toContain(error);
  });

  it("describes the fake's list and its pages", async () => {
    await gateway.createPayment(request());
    await gateway.createPayment(request());
    const first = await call("/payments?limit=1");
    expectValid(spec.paymentList, first.body);
    expect(first.body.items).toHaveLength(1);
    const second = await call(`/payments?limit=1&cursor=${String(first.body.next_cursor)}`);
    expectValid(spec.paymentList, second.body);
    expect(errorsOf(spec.paymentList, { ...first.body, items: [{ id: "x" }] })).toContain("/items/0 required");
    expect(errorsOf(spec.paymentList, { ...first.body, type: "page" })).toContain("/type enum");
  });

  it("describes the fake's errors", async () => {
    const bad = await call("/payments", { method: "POST", body: "{}" });
    const unknown = await call("/payments/00000000-0000-4000-8000-000000000000");
    const stranger = await call("/payments", { headers: { authorization: "Basic eDp5" } });
    fake.failures.createThenFail = 1;
    const body = JSON.stringify({
      amount: { value: "10.00", currency: "RUB" },
      confirmation: { type: "redirect", return_url: "https://uzel.example/" },
    });
    const broken = await call("/payments", { method: "POST", body, headers: { "idempotence-key": "broken" } });
    expect([bad.status, unknown.status, stranger.status, broken.status]).toEqual([400, 404, 401, 500]);
    expectValid(spec.error(400), bad.body);
    expectValid(spec.error(404), unknown.body);
    expectValid(spec.error(401), stranger.body);
    expectValid(spec.error(500), broken.body);
    expect(errorsOf(spec.error(404), { ...unknown.body, code: "gone_fishing" })).toContain("/code enum");
    expect(errorsOf(spec.error(400), { ...bad.body, type: "problem" })).toContain("/type enum");
  });

  it("knows the events of the fake's webhooks, and their objects are payments", async () => {
    notifications.length = 0;
    const paid = await gateway.createPayment(request());
    const refused = await gateway.createPayment(request());
    const held = await createUncaptured("held for a webhook");
    fake.settle(paid.id, "paid");
    fake.settle(refused.id, "refused");
    fake.settle(held.id, "paid");
    await fake.idle();
    expect(notifications.map((body) => body.event).sort()).toEqual([
      "payment.canceled",
      "payment.succeeded",
      "payment.waiting_for_capture",
    ]);
    for (const body of notifications) {
      expect(Object.keys(body).sort()).toEqual(["event", "object", "type"]);
      expect(body.type).toBe("notification");
      expectValid(spec.notificationEvent, body.event);
      expectValid(spec.payment, body.object);
    }
    expect(errorsOf(spec.notificationEvent, "payment.exploded")).toEqual([" enum"]);
  });
});
