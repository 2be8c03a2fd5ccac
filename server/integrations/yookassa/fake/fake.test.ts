import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CollectRequest } from "@/server/domain/payments/ports";
import { createYookassaGateway } from "../client";
import { parseNotification } from "../wire-schema";
import { incomeOf } from "./payments";
import { type FakeYookassaOptions, startFakeYookassa } from "./server";
import { retryDelayMs } from "./webhooks";

const SHOP = { shopId: "100500", secretKey: "test_secret" };
const RETURN_URL = "http://127.0.0.1:9/my/top-up/p1?lang=ru&x=1";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Received {
  readonly paymentId: string;
  readonly event: string;
  readonly status: string;
}

/** A shop that hears webhooks; `statuses` are its answers in turn, then 200. */
async function startShop(statuses: number[] = []) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const { paymentId, event } = parseNotification(body) ?? { paymentId: null, event: "none" };
    received.push({ paymentId: paymentId ?? "", event, status: (body as { object: Received }).object.status });
    response.writeHead(statuses.shift() ?? 200);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook` };
}

async function startFake(options: Partial<FakeYookassaOptions> & { webhookUrl: string }) {
  const fake = await startFakeYookassa({ port: 0, ...SHOP, ...options });
  closers.push(() => fake.close());
  const gateway = createYookassaGateway({ ...SHOP, apiUrl: fake.apiUrl, timeoutMs: 2_000 });
  return { fake, gateway };
}

let serial = 0;
function request(change: Partial<CollectRequest> = {}): CollectRequest {
  serial += 1;
  return {
    idempotenceKey: `key-${serial}`,
    amountMinor: 50_000n,
    currency: "RUB",
    description: "Пополнение лицевого счёта 100 2457",
    returnUrl: RETURN_URL,
    metadata: { payment: `p${serial}` },
    receipt: null,
    ...change,
  };
}

const press = (url: string, outcome: string) =>
  fetch(url, { method: "POST", body: new URLSearchParams({ outcome }), redirect: "manual" });

function stateFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "fake-yookassa-"));
  closers.push(() => rmSync(directory, { recursive: true }));
  return join(directory, "state.jsonl");
}

describe("the life of a payment", () => {
  it("is created pending, paid on the page, announced by a webhook and read back succeeded", async () => {
    const shop = await startShop();
    const { fake, gateway } = await startFake(shop);
    const created = await gateway.createPayment(request());
    expect(created).toMatchObject({ status: "pending", paid: false, test: true, shopId: SHOP.shopId });

    const page = await fetch(created.confirmationUrl ?? "");
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain("Тестовый режим: деньги не\u00a0списываются");
    expect(html).toContain("500,00\u00a0₽");

    const answer = await press(created.confirmationUrl ?? "", "paid");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, RETURN_URL]);
    await fake.idle();
    expect(shop.received).toEqual([{ paymentId: created.id, event: "payment.succeeded", status: "succeeded" }]);
    const paid = await gateway.readPayment(created.id);
    expect(paid).toMatchObject({ status: "succeeded", paid: true, amountMinor: 50_000n, confirmationUrl: null });
    expect(paid.incomeAmountMinor).toBe(48_292n);
    expect(paid.capturedAt).toBeInstanceOf(Date);
    expect(paid.metadata).toEqual(created.metadata);
  });

  it("is canceled when the payer refuses", async () => {
    const shop = await startShop();
    const { fake, gateway } = await startFake(shop);
    const created = await gateway.createPayment(request());
    expect((await press(created.confirmationUrl ?? "", "refused")).status).toBe(303);
    await fake.idle();
    expect(shop.received).toEqual([{ paymentId: created.id, event: "payment.canceled", status: "canceled" }]);
    expect(await gateway.readPayment(created.id)).toMatchObject({
      status: "canceled",
      paid: false,
      cancellationReason: "general_decline",
    });
  });

  it("is settled once: a second press, even of the other button, changes and announces nothing", async () => {
    const shop = await startShop();
    const { fake, gateway } = await startFake(shop);
    const { id, confirmationUrl } = await gateway.createPayment(request());
    await Promise.all([press(confirmationUrl ?? "", "paid"), press(confirmationUrl ?? "", "paid")]);
    expect((await press(confirmationUrl ?? "", "refused")).status).toBe(303);
    await fake.idle();
    expect(shop.received).toHaveLength(1);
    expect((await gateway.readPayment(id)).status).toBe("succeeded");
    expect(await (await fetch(confirmationUrl ?? "")).text()).toContain("Платёж уже оплачен");
  });

  it("expires when nobody confirms within an hour", async () => {
    const shop = await startShop();
    let now = new Date("2026-11-22T10:00:00Z");
    const { fake, gateway } = await startFake({ ...shop, clock: () => now });
    const { id } = await gateway.createPayment(request());
    now = new Date("2026-11-22T10:59:59Z");
    expect((await gateway.readPayment(id)).status).toBe("pending");
    now = new Date("2026-11-22T11:00:00Z");
    expect(await gateway.readPayment(id)).toMatchObject({
      status: "canceled",
      cancellationReason: "expired_on_confirmation",
    });
    await fake.idle();
    expect(shop.received.map((hook) => hook.event)).toEqual(["payment.canceled"]);
  });

  it("takes the fee and its VAT from what the shop receives", () => {
    expect(incomeOf(100_000n)).toBe(96_584n);
    expect(incomeOf(1n)).toBe(1n);
  });
});

describe("idempotence", () => {
  it("the same key and body is the same payment, in its present state", async () => {
    const { fake, gateway } = await startFake(await startShop());
    const asked = request();
    const [first, second] = await Promise.all([gateway.createPayment(asked), gateway.createPayment(asked)]);
    expect(second.id).toBe(first.id);
    fake.settle(first.id, "paid");
    expect(await gateway.createPayment(asked)).toMatchObject({ id: first.id, status: "succeeded" });
    expect(fake.payments()).toHaveLength(1);
  });

  it("the same key with another body is refused", async () => {
    const { fake, gateway } = await startFake(await startShop());
    const asked = request();
    await gateway.createPayment(asked);
    await expect(gateway.createPayment({ ...asked, amountMinor: 50_001n })).rejects.toMatchObject({
      kind: "declined",
      code: "invalid_request.Idempotence-Key",
    });
    expect(fake.payments()).toHaveLength(1);
  });

  it("a key is forgotten after a day: the same request is a second payment", async () => {
    let now = new Date("2026-11-22T10:00:00Z");
    const { fake, gateway } = await startFake({ ...(await startShop()), clock: () => now });
    const asked = request();
    await gateway.createPayment(asked);
    now = new Date("2026-11-23T09:59:59Z");
    await gateway.createPayment(asked);
    expect(fake.payments()).toHaveLength(1);
    now = new Date("2026-11-23T10:00:00Z");
    await gateway.createPayment(asked);
    expect(fake.payments()).toHaveLength(2);
  });
});

describe("what it refuses", () => {
  const authorization = `Basic ${Buffer.from(`${SHOP.shopId}:${SHOP.secretKey}`).toString("base64")}`;
  const good = {
    amount: { value: "500.00", currency: "RUB" },
    capture: true,
    confirmation: { type: "redirect", return_url: RETURN_URL },
  };
  const post = (apiUrl: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${apiUrl}/payments`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotence-key": "k", authorization, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it.each<[string, unknown]>([
    ["amount.value", { ...good, amount: { value: "500", currency: "RUB" } }],
    ["amount", { ...good, amount: { value: "0.00", currency: "RUB" } }],
    ["amount.currency", { ...good, amount: { value: "500.00", currency: "USD" } }],
    ["amount", { ...good, amount: undefined }],
    ["confirmation", { ...good, confirmation: undefined }],
    ["confirmation.return_url", { ...good, confirmation: { type: "redirect", return_url: "javascript:alert(1)" } }],
    ["description", { ...good, description: "x".repeat(129) }],
    ["metadata", { ...good, metadata: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, "v"])) }],
    ["metadata.k", { ...good, metadata: { k: 1 } }],
    [
      "receipt.items",
      {
        ...good,
        receipt: {
          customer: { email: "a@example.ru" },
          items: [{ description: "x", quantity: 1, vat_code: 12, amount: { value: "499.99", currency: "RUB" } }],
        },
      },
    ],
  ])("names the wrong parameter %s", async (parameter, body) => {
    const { fake } = await startFake(await startShop());
    const answer = await post(fake.apiUrl, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: "error", code: "invalid_request", parameter });
    expect(fake.payments()).toHaveLength(0);
  });

  it("a body that is not JSON, a missing key, a long key", async () => {
    const { fake } = await startFake(await startShop());
    expect((await post(fake.apiUrl, "{")).status).toBe(400);
    expect((await post(fake.apiUrl, good, { "idempotence-key": "" })).status).toBe(400);
    expect((await post(fake.apiUrl, good, { "idempotence-key": "k".repeat(65) })).status).toBe(400);
    expect(fake.payments()).toHaveLength(0);
  });

  it("wrong credentials, with nothing read or made", async () => {
    const { fake } = await startFake(await startShop());
    const gateway = createYookassaGateway({ ...SHOP, secretKey: "wrong", apiUrl: fake.apiUrl, timeoutMs: 2_000 });
    await expect(gateway.createPayment(request())).rejects.toMatchObject({ code: "invalid_credentials" });
    expect((await fetch(`${fake.apiUrl}/payments`)).status).toBe(401);
    expect(fake.payments()).toHaveLength(0);
  });

  it("an unknown payment, by the API and on the page", async () => {
    const { fake, gateway } = await startFake(await startShop());
    const id = "00000000-0000-4000-8000-000000000000";
    await expect(gateway.readPayment(id)).rejects.toMatchObject({ kind: "not_found" });
    const page = await fetch(`${fake.publicUrl}/checkout/${id}`);
    expect(page.status).toBe(404);
    expect(await page.text()).toContain("Платёж не найден");
  });
});

describe("lists", () => {
  it("pages through all payments newest first, each once", async () => {
    const { fake, gateway } = await startFake(await startShop());
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.push((await gateway.createPayment(request())).id);
    const authorization = `Basic ${Buffer.from(`${SHOP.shopId}:${SHOP.secretKey}`).toString("base64")}`;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: "3", ...(cursor && { cursor }) });
      const answer = await fetch(`${fake.apiUrl}/payments?${query}`, { headers: { authorization } });
      const page = (await answer.json()) as { items: { id: string }[]; next_cursor?: string };
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next_cursor;
    } while (cursor);
    expect(seen).toEqual(made.reverse());
    fake.settle(made[0] ?? "", "paid");
    const paid = await fetch(`${fake.apiUrl}/payments?status=succeeded`, { headers: { authorization } });
    expect(((await paid.json()) as { items: unknown[] }).items).toHaveLength(1);
    expect((await fetch(`${fake.apiUrl}/payments?limit=101`, { headers: { authorization } })).status).toBe(400);
  });
});

describe("webhooks", () => {
  it("are repeated until answered 200", async () => {
    const shop = await startShop([500, 302, 201]);
    const { fake, gateway } = await startFake(shop);
    const { id } = await gateway.createPayment(request());
    fake.settle(id, "paid");
    await fake.idle();
    expect(shop.received).toHaveLength(4);
    expect(fake.deliveries()).toMatchObject([{ paymentId: id, attempts: 4, state: "delivered" }]);
  });

  it("wait longer after each failure, at most ten minutes, for about a day", () => {
    expect([1, 2, 3, 4].map(retryDelayMs)).toEqual([250, 500, 1_000, 2_000]);
    expect(retryDelayMs(100)).toBe(600_000);
  });

  it("can be late, doubled, lost and stale", async () => {
    const shop = await startShop();
    const { fake, gateway } = await startFake({ ...shop, failures: { copies: 3, delayMs: 20 } });
    const first = await gateway.createPayment(request());
    fake.settle(first.id, "paid");
    await fake.idle();
    expect(shop.received).toHaveLength(3);

    Object.assign(fake.failures, { copies: 1, loseWebhooks: true });
    const second = await gateway.createPayment(request());
    fake.settle(second.id, "paid");
    await fake.idle();
    expect(shop.received).toHaveLength(3);
    expect((await gateway.readPayment(second.id)).status).toBe("succeeded");

    fake.failures.loseWebhooks = false;
    fake.resend(first.id, "payment.canceled");
    await fake.idle();
    expect(shop.received.at(-1)?.event).toBe("payment.canceled");
  });

  it("can arrive out of order", async () => {
    const shop = await startShop();
    const { fake, gateway } = await startFake({ ...shop, failures: { shuffleMs: 120 }, seed: 7 });
    const made: string[] = [];
    for (let n = 0; n < 12; n += 1) made.push((await gateway.createPayment(request())).id);
    for (const id of made) fake.settle(id, "paid");
    await fake.idle();
    const order = shop.received.map((hook) => hook.paymentId);
    expect(order).not.toEqual(made);
    expect([...order].sort()).toEqual([...made].sort());
  });
});

describe("API failures", () => {
  it("a payment may exist behind a 500: the same key finds it", async () => {
    const { fake, gateway } = await startFake({ ...(await startShop()), failures: { createThenFail: 1 } });
    const asked = request();
    await expect(gateway.createPayment(asked)).rejects.toMatchObject({ kind: "unknown" });
    expect(fake.payments()).toHaveLength(1);
    expect((await gateway.createPayment(asked)).id).toBe(fake.payments()[0]?.id);
    expect(fake.payments()).toHaveLength(1);
  });

  it("a payment may exist behind a time-out, or not", async () => {
    const { fake } = await startFake({ ...(await startShop()), failures: { createThenHang: 1 } });
    const gateway = createYookassaGateway({ ...SHOP, apiUrl: fake.apiUrl, timeoutMs: 150 });
    await expect(gateway.createPayment(request())).rejects.toMatchObject({ kind: "unknown", code: "timeout" });
    expect(fake.payments()).toHaveLength(1);
    fake.failures.hang = 1;
    await expect(gateway.createPayment(request())).rejects.toMatchObject({ kind: "unknown", code: "timeout" });
    expect(fake.payments()).toHaveLength(1);
  });

  it("can be switched from another process, with the shop's credentials only", async () => {
    const { fake, gateway } = await startFake(await startShop());
    const control = `${fake.publicUrl}/control/failures`;
    const patch = (headers: Record<string, string>, change: unknown) =>
      fetch(control, { method: "PATCH", headers, body: JSON.stringify(change) });
    const authorization = `Basic ${Buffer.from(`${SHOP.shopId}:${SHOP.secretKey}`).toString("base64")}`;
    expect((await patch({}, { createThenFail: 1 })).status).toBe(401);
    expect((await patch({ authorization }, { createThenExplode: 1 })).status).toBe(400);
    expect(await (await patch({ authorization }, { createThenFail: 1 })).json()).toMatchObject({ createThenFail: 1 });
    await expect(gateway.createPayment(request())).rejects.toMatchObject({ kind: "unknown" });
  });
});

describe("a restart", () => {
  it("keeps payments, keys and unsent webhooks", async () => {
    const storeFile = stateFile();
    const asked = request();
    const deaf = await startFakeYookassa({ port: 0, ...SHOP, webhookUrl: "http://127.0.0.1:9/", storeFile });
    const before = createYookassaGateway({ ...SHOP, apiUrl: deaf.apiUrl, timeoutMs: 2_000 });
    const { id } = await before.createPayment(asked);
    deaf.settle(id, "paid");
    await deaf.close();

    const shop = await startShop();
    const { fake, gateway } = await startFake({ ...shop, storeFile });
    await fake.idle();
    expect(shop.received).toEqual([{ paymentId: id, event: "payment.succeeded", status: "succeeded" }]);
    expect(await gateway.createPayment(asked)).toMatchObject({ id, status: "succeeded" });
    expect(fake.payments()).toHaveLength(1);

    await fake.close();
    const again = await startFake({ ...shop, storeFile });
    await again.fake.idle();
    expect(shop.received).toHaveLength(1);
    expect(again.fake.deliveries()).toEqual([]);
  });

  it("drops a line torn by a kill, and refuses a file damaged in the middle", async () => {
    const storeFile = stateFile();
    const first = await startFakeYookassa({ port: 0, ...SHOP, webhookUrl: "http://127.0.0.1:9/", storeFile });
    const gateway = createYookassaGateway({ ...SHOP, apiUrl: first.apiUrl, timeoutMs: 2_000 });
    await gateway.createPayment(request());
    await gateway.createPayment(request());
    await first.close();
    const whole = readFileSync(storeFile, "utf8");

    writeFileSync(storeFile, `${whole}{"record":{"payment":{"id`);
    const { fake } = await startFake({ webhookUrl: "http://127.0.0.1:9/", storeFile });
    expect(fake.payments()).toHaveLength(2);

    const damaged = stateFile();
    writeFileSync(damaged, `{"record":\n${whole}`);
    await expect(
      startFakeYookassa({ port: 0, ...SHOP, webhookUrl: "http://127.0.0.1:9/", storeFile: damaged }),
    ).rejects.toThrow("line 1 of its state is damaged");
  });

  it("leaves the state alone when the port is taken", async () => {
    const storeFile = stateFile();
    const { fake, gateway } = await startFake({ webhookUrl: "http://127.0.0.1:9/", storeFile });
    await gateway.createPayment(request());
    await expect(
      startFakeYookassa({ port: fake.port, ...SHOP, webhookUrl: "http://127.0.0.1:9/", storeFile }),
    ).rejects.toMatchObject({ code: "EADDRINUSE" });
    await gateway.createPayment(request());
    expect(readFileSync(storeFile, "utf8").match(/"record"/g)).toHaveLength(2);
  });
});

describe("the page", () => {
  it("shows hostile text as text and lets a form lead to the shop only", async () => {
    const { gateway } = await startFake(await startShop());
    const hostile = `<script>alert("1")</script>&'`;
    const { confirmationUrl } = await gateway.createPayment(request({ description: hostile }));
    const page = await fetch(confirmationUrl ?? "");
    const html = await page.text();
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:9;");
  });
});
