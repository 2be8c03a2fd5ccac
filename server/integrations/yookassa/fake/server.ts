import { randomUUID, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { confirmationPage, messagePage } from "./confirmation-page";
import { type Failures, FailuresSchema, noFailures, takeFailure } from "./failures";
import { readBody, readJson, sendJson, sendPage } from "./http";
import { FakePayments, FakeRefusal, type Outcome } from "./payments";
import { type FakeDelivery, type FakePayment, FakeStore } from "./store";
import { FakeWebhooks } from "./webhooks";

export interface FakeYookassaOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly shopId: string;
  readonly secretKey: string;
  readonly webhookUrl: string;
  /** The address a browser reaches this server by; by default the one it listens on. */
  readonly publicUrl?: string;
  readonly clock?: Clock;
  /** Where payments and unsent webhooks outlive the process; without it they do not. */
  readonly storeFile?: string;
  readonly failures?: Partial<Failures>;
  /** Of the shuffle. */
  readonly seed?: number;
}

export interface FakeYookassa {
  readonly port: number;
  /** For `createYookassaGateway`. */
  readonly apiUrl: string;
  readonly publicUrl: string;
  readonly failures: Failures;
  payments(): readonly FakePayment[];
  deliveries(): readonly FakeDelivery[];
  /** What the payer does on the page, without a browser. */
  settle(paymentId: string, outcome: Outcome, reason?: string): FakePayment;
  /** Sends a notification of the payment's present state once more, or a stale one by its event. */
  resend(paymentId: string, event?: string): void;
  /** Resolves when no webhook is waiting to be sent. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);
const FONTS = ["cyrillic", "latin", "latin-ext"];

function isAuthorized(request: IncomingMessage, expected: Buffer): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sendRefusal(response: ServerResponse, refusal: FakeRefusal): void {
  sendJson(response, refusal.status, {
    type: "error",
    id: randomUUID(),
    code: refusal.code,
    description: refusal.message,
    ...(refusal.parameter && { parameter: refusal.parameter }),
  });
}

function sendFont(response: ServerResponse, subset: string): void {
  const file = require.resolve(`@fontsource-variable/golos-text/files/golos-text-${subset}-wght-normal.woff2`);
  response.writeHead(200, { "content-type": "font/woff2", "cache-control": "public, max-age=86400" });
  response.end(readFileSync(file));
}

interface Running {
  readonly payments: FakePayments;
  readonly failures: Failures;
  readonly authorization: Buffer;
}

async function answerApi(running: Running, request: IncomingMessage, response: ServerResponse, url: URL) {
  const { payments, failures } = running;
  if (!isAuthorized(request, running.authorization))
    throw new FakeRefusal(401, "invalid_credentials", "Basic authentication failed");
  if (takeFailure(failures, "hang")) return;
  const [, , collection, id, action] = url.pathname.split("/");
  if (collection !== "payments") throw new FakeRefusal(404, "not_found", "No such method");
  if (request.method === "GET" && id === undefined) return sendJson(response, 200, payments.list(url.searchParams));
  if (request.method === "GET" && id && action === undefined) return sendJson(response, 200, payments.read(id));
  if (request.method !== "POST") throw new FakeRefusal(405, "not_supported", "Method is not supported");
  if (id && action === "capture") return sendJson(response, 200, payments.capture(id));
  if (id && action === "cancel") return sendJson(response, 200, payments.cancel(id));
  if (id !== undefined) throw new FakeRefusal(404, "not_found", "No such method");
  const payment = payments.create(request.headers["idempotence-key"]?.toString(), await readJson(request));
  if (takeFailure(failures, "createThenHang")) return;
  if (takeFailure(failures, "createThenFail")) throw new FakeRefusal(500, "internal_server_error", "Internal error");
  sendJson(response, 200, payment);
}

async function answerPage(running: Running, request: IncomingMessage, response: ServerResponse, id: string) {
  const record = running.payments.find(id);
  if (request.method === "GET")
    return sendPage(response, 200, confirmationPage(record.payment, record.returnUrl), record.returnUrl);
  if (request.method !== "POST") throw new FakeRefusal(405, "not_supported", "Method is not supported");
  const outcome = new URLSearchParams(await readBody(request)).get("outcome");
  if (outcome !== "paid" && outcome !== "refused") throw new FakeRefusal(400, "invalid_request", "Unknown outcome");
  running.payments.settle(id, outcome);
  response.writeHead(303, { location: record.returnUrl, "cache-control": "no-store" });
  response.end();
}

async function answerControl(running: Running, request: IncomingMessage, response: ServerResponse) {
  if (!isAuthorized(request, running.authorization))
    throw new FakeRefusal(401, "invalid_credentials", "Basic authentication failed");
  if (request.method === "PATCH") {
    const change = FailuresSchema.partial()
      .strict()
      .safeParse(await readJson(request));
    if (!change.success) throw new FakeRefusal(400, "invalid_request", "Unknown failure or malformed value");
    Object.assign(running.failures, change.data);
  }
  sendJson(response, 200, running.failures);
}

async function route(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://fake");
  const page = /^\/checkout\/([0-9a-f-]{36})$/.exec(url.pathname);
  const font = /^\/assets\/golos-([a-z-]+)\.woff2$/.exec(url.pathname)?.[1];
  try {
    if (url.pathname.startsWith("/v3/")) await answerApi(running, request, response, url);
    else if (page?.[1]) await answerPage(running, request, response, page[1]);
    else if (url.pathname === "/control/failures") await answerControl(running, request, response);
    else if (font && FONTS.includes(font)) sendFont(response, font);
    else throw new FakeRefusal(404, "not_found", "Not found");
  } catch (error) {
    const refusal =
      error instanceof FakeRefusal ? error : new FakeRefusal(500, "internal_server_error", "Internal error");
    if (page) sendPage(response, refusal.status, messagePage("Платёж не найден или ссылка устарела"));
    else sendRefusal(response, refusal);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

async function openStore(server: Server, file: string | undefined): Promise<FakeStore> {
  try {
    return new FakeStore(file ?? null);
  } catch (error) {
    await new Promise((resolve) => server.close(resolve));
    throw error;
  }
}

/**
 * Starts a stand-in for YooKassa on the loopback address: its payments API, a page for the payer, and webhooks over
 * real HTTP. Rejects when the port is taken or the state file is damaged.
 */
export async function startFakeYookassa(options: FakeYookassaOptions): Promise<FakeYookassa> {
  const server = createServer((request, response) => void route(running, request, response));
  const port = await listen(server, options.port);
  const origin = `http://127.0.0.1:${port}`;
  const publicUrl = (options.publicUrl ?? origin).replace(/\/+$/, "");
  // Only after the port is ours: a second start on the same file must not touch it.
  const store = await openStore(server, options.storeFile);
  const failures: Failures = { ...noFailures(), ...options.failures };
  const webhooks = new FakeWebhooks({ store, webhookUrl: options.webhookUrl, failures, seed: options.seed ?? 1 });
  const payments = new FakePayments({
    store,
    shopId: options.shopId,
    clock: options.clock ?? systemClock,
    pageUrl: (id) => `${publicUrl}/checkout/${id}`,
    onEvent: (event, payment) => webhooks.announce(event, payment),
  });
  const token = Buffer.from(`${options.shopId}:${options.secretKey}`).toString("base64");
  const running: Running = { payments, failures, authorization: Buffer.from(`Basic ${token}`) };
  webhooks.resume();

  return {
    port,
    apiUrl: `${origin}/v3`,
    publicUrl,
    failures,
    payments: () => [...store.records.values()].map((record) => record.payment),
    deliveries: () => [...store.deliveries.values()],
    settle: (id, outcome, reason) => payments.settle(id, outcome, reason),
    resend: (id, event) => {
      const payment = payments.read(id);
      webhooks.announce(event ?? `payment.${payment.status}`, payment);
    },
    idle: () => webhooks.idle(),
    close: async () => {
      webhooks.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      store.close();
    },
  };
}
