import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readBalance } from "@/server/domain/ledger";
import {
  type GatewayContext,
  GatewayError,
  type GatewayPayment,
  pollPayments,
  readPayment,
  receiveWebhook,
  recordPayments,
  startPayment,
  syncPayment,
} from "@/server/domain/payments";
import { createYookassaGateway } from "@/server/integrations/yookassa/client";
import { type FakeYookassa, startFakeYookassa } from "@/server/integrations/yookassa/fake";
import { parseNotification } from "@/server/integrations/yookassa/wire-schema";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

const SHOP = { shopId: "100500", secretKey: "test_secret" };
let database: TestDatabase;
let world: World;
let fake: FakeYookassa;
let route: Server;
let anna: Subscriber;
let received: string[] = [];

/** What the webhook route does: parse, store, enqueue, 200. */
async function listen(): Promise<number> {
  route = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", async () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
      const note = parseNotification(body);
      if (note) {
        const ctx = world.as({ kind: "webhook", source: "yookassa", address: "127.0.0.1" });
        await receiveWebhook(ctx, {
          provider: "yookassa",
          event: note.event,
          objectId: note.objectId,
          body,
          address: "127.0.0.1",
        });
        received.push(note.objectId);
      }
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => route.listen(0, "127.0.0.1", resolve));
  return (route.address() as AddressInfo).port;
}

const withGateway = (ctx = world.ctx): GatewayContext => ({
  ...ctx,
  ports: { gateway: createYookassaGateway({ ...SHOP, apiUrl: fake.apiUrl, timeoutMs: 400 }) },
});
const key = () => crypto.randomUUID();
const start = (amountMinor: bigint, requestKey: string = key(), ctx = withGateway()) =>
  startPayment(ctx, { accountId: anna.accountId, amountMinor, requestKey, returnBase: "http://localhost:3000/my/pay" });
const paymentOf = (paymentId: string) => readPayment(world.ctx, { accountId: anna.accountId, paymentId });
const countOf = async (table: string) =>
  Number(
    (
      await rowsOf<{ n: string }>(
        world.ctx,
        sql`select count(*) as n from ${sql.raw(table)} where account_id = ${anna.accountId}`,
      )
    )[0]?.n,
  );

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, new Date().toISOString().slice(0, 10));
  fake = await startFakeYookassa({ port: 0, ...SHOP, webhookUrl: `http://127.0.0.1:${await listen()}/` });
});
afterAll(async () => {
  await fake.close();
  await new Promise((resolve) => route.close(resolve));
  await database.close();
});
beforeEach(async () => {
  received = [];
  Object.assign(fake.failures, {
    copies: 1,
    shuffleMs: 0,
    loseWebhooks: false,
    createThenFail: 0,
    createThenHang: 0,
    hang: 0,
  });
  anna = await world.subscriber({});
});

describe("starting a payment", () => {
  test("pressing the button five times at once is one payment at the provider", async () => {
    const requestKey = key();
    const before = fake.payments().length;
    const answers = await Promise.all(Array.from({ length: 5 }, () => start(500_00n, requestKey)));
    expect(new Set(answers.map((answer) => answer.paymentId)).size).toBe(1);
    expect(fake.payments().length - before).toBe(1);
    expect(answers.at(0)?.confirmationUrl ?? (await start(500_00n, requestKey)).confirmationUrl).toContain(
      "/checkout/",
    );
  });

  test("the same key with another sum or another account is a conflict", async () => {
    const requestKey = key();
    await start(500_00n, requestKey);
    await expect(start(600_00n, requestKey)).rejects.toMatchObject({ kind: "conflict", reason: "payment.key_reused" });
    anna = await world.subscriber({});
    await expect(start(500_00n, requestKey)).rejects.toMatchObject({ kind: "conflict" });
  });

  test("a subscriber cannot pay into another's account by id, nor a negative or absurd sum into their own", async () => {
    const boris = await world.subscriber({});
    const ctx = withGateway(world.asSubscriber(boris.customerId));
    await expect(start(500_00n, key(), ctx)).rejects.toMatchObject({ kind: "not_found" });
    await expect(start(-500_00n)).rejects.toThrow(/payment.amount_too_small/);
    await expect(start(10_000_000_00n)).rejects.toThrow(/payment.amount_too_large/);
  });

  test("the provider made the payment and answered 500: the same key finds it, nobody pays twice", async () => {
    fake.failures.createThenFail = 1;
    const before = fake.payments().length;
    const { paymentId, state } = await start(500_00n);
    expect(state).toBe("unknown");
    await syncPayment(withGateway(), { accountId: anna.accountId, paymentId });
    expect((await paymentOf(paymentId)).state).toBe("pending");
    expect(fake.payments().length - before).toBe(1);
  });

  test("a provider that hangs leaves the payment unknown, with nothing posted and nothing lost", async () => {
    fake.failures.hang = 1;
    const { paymentId, state } = await start(500_00n);
    expect(state).toBe("unknown");
    expect(await readBalance(world.ctx, anna.accountId)).toBe(0n);
    await syncPayment(withGateway(), { accountId: anna.accountId, paymentId });
    expect((await paymentOf(paymentId)).state).toBe("pending");
  });
});

describe("money that came", () => {
  test("200 duplicated, reordered webhooks post once, with one transfer, one event and one job", async () => {
    const { paymentId } = await start(500_00n);
    const providerId = (await paymentOf(paymentId)).providerPaymentId ?? "";
    Object.assign(fake.failures, { copies: 200, shuffleMs: 300 });
    await fake.settle(providerId, "paid");
    await fake.idle();
    expect(received.filter((id) => id === providerId)).toHaveLength(200);
    await Promise.all(Array.from({ length: 8 }, () => syncPayment(withGateway(), { providerPaymentId: providerId })));
    expect(await readBalance(world.ctx, anna.accountId)).toBe(500_00n);
    expect(await countOf("transfers")).toBe(1);
    const [delivery] = await rowsOf<{ deliveries: number; outcome: string }>(
      world.ctx,
      sql`select deliveries, outcome from webhook_deliveries where object_id = ${providerId}`,
    );
    expect(delivery?.deliveries).toBe(200);
    expect(["posted", "already_posted"]).toContain(delivery?.outcome);
    const events = await rowsOf(
      world.ctx,
      sql`select 1 from events where account_id = ${anna.accountId} and type = 'payment.posted'`,
    );
    expect(events).toHaveLength(1);
    expect(await paymentOf(paymentId)).toMatchObject({
      state: "posted",
      incomeMinor: expect.any(BigInt),
      isTest: true,
    });
  });

  test("every webhook lost: the poller asks and posts", async () => {
    fake.failures.loseWebhooks = true;
    const { paymentId } = await start(300_00n);
    await fake.settle((await paymentOf(paymentId)).providerPaymentId ?? "", "paid");
    await database.sql`update payments set ask_at = '2000-01-01' where id = ${paymentId}`;
    expect(await pollPayments(world.as({ kind: "job", name: "poll_payments" }))).toBeGreaterThanOrEqual(1);
    const jobs = await database.sql<{ payload: { paymentId: string } }[]>`
      select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'sync_payment'`;
    expect(jobs.map((job) => job.payload.paymentId)).toContain(paymentId);
    expect(await syncPayment(withGateway(), { accountId: anna.accountId, paymentId })).toBe("posted");
    expect(await readBalance(world.ctx, anna.accountId)).toBe(300_00n);
  });

  test("a refused payment ends without money", async () => {
    const { paymentId } = await start(300_00n);
    const providerId = (await paymentOf(paymentId)).providerPaymentId ?? "";
    await fake.settle(providerId, "refused");
    await fake.idle();
    expect(await syncPayment(withGateway(), { providerPaymentId: providerId })).toBe("canceled");
    expect((await paymentOf(paymentId)).state).toBe("canceled");
    expect(await readBalance(world.ctx, anna.accountId)).toBe(0n);
  });

  test("a webhook about a payment nobody made posts nothing", async () => {
    const ctx = world.as({ kind: "webhook", source: "yookassa", address: "127.0.0.1" });
    const objectId = crypto.randomUUID();
    await receiveWebhook(ctx, {
      provider: "yookassa",
      event: "payment.succeeded",
      objectId,
      body: { object: { id: objectId, amount: { value: "100000.00", currency: "RUB" }, paid: true } },
      address: "127.0.0.1",
    });
    expect(await syncPayment(withGateway(), { providerPaymentId: objectId })).toBe("not_ours");
  });

  test.each([
    ["another sum", { amountMinor: 1_00n }],
    ["another currency", { currency: "USD" }],
    ["another shop", { shopId: "666" }],
    [
      "another account in the metadata",
      { metadata: { accountId: crypto.randomUUID(), paymentId: crypto.randomUUID() } },
    ],
    ["a test payment where real ones are expected", { test: false }],
    ["not paid", { paid: false }],
  ] as const)("the provider tells of %s: nothing is posted and the payment is set aside", async (_name, change) => {
    const { paymentId } = await start(500_00n);
    const providerId = (await paymentOf(paymentId)).providerPaymentId ?? "";
    await fake.settle(providerId, "paid");
    const honest = withGateway();
    const told: GatewayPayment = { ...(await honest.ports.gateway.readPayment(providerId)), ...change };
    const lying = {
      ...honest,
      ports: {
        gateway: { ...honest.ports.gateway, testMode: true, shopId: SHOP.shopId, readPayment: async () => told },
      },
    };
    expect(await syncPayment(lying, { providerPaymentId: providerId })).toBe("mismatch");
    expect(await readBalance(world.ctx, anna.accountId)).toBe(0n);
    expect((await paymentOf(paymentId)).failure).toMatch(/^mismatch:/);
  });
});

describe("money by other doors", () => {
  const cash = (externalId: string, amountMinor = 100_00n) => ({
    accountId: anna.accountId,
    provider: "office" as const,
    externalId,
    amountMinor,
    paidAt: world.ctx.now(),
    bookedOn: world.today(),
  });

  test("the same id is posted once, also twice in one batch and from two clerks at once", async () => {
    const id = key();
    const results = await Promise.all([
      recordPayments(world.ctx, [cash(id), cash(id)]),
      recordPayments(world.ctx, [cash(id)]),
    ]);
    expect(results.reduce((sum, result) => sum + result.posted, 0)).toBe(1);
    expect(await readBalance(world.ctx, anna.accountId)).toBe(100_00n);
  });

  test("nobody but our own jobs may post", async () => {
    for (const role of ["support_agent", "billing_operator", "admin"] as const) {
      await expect(recordPayments(world.asStaff(role), [cash(key())])).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(recordPayments(world.asSubscriber(anna.customerId), [cash(key())])).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("what is easily lost", () => {
  const gatewayOf = (change: Partial<GatewayContext["ports"]["gateway"]>): GatewayContext => {
    const honest = withGateway();
    return { ...honest, ports: { gateway: { ...honest.ports.gateway, ...change } } };
  };
  const away = () => Promise.reject(new GatewayError("unknown", "timeout"));
  const pay = async (amountMinor = 500_00n) => {
    fake.failures.loseWebhooks = true;
    const { paymentId } = await start(amountMinor);
    const providerId = (await paymentOf(paymentId)).providerPaymentId ?? "";
    return { paymentId, providerId, settled: () => fake.settle(providerId, "paid") };
  };

  test("a second press that the provider refuses does not fail the payment that it took a moment before", async () => {
    const requestKey = key();
    let late: (error: unknown) => void = () => undefined;
    const refused = gatewayOf({ createPayment: () => new Promise((_resolve, reject) => (late = reject)) });
    const second = start(500_00n, requestKey, refused);
    await vi.waitFor(async () => expect(await countOf("payments")).toBe(1));
    const first = await start(500_00n, requestKey);
    expect(first.state).toBe("pending");
    late(new GatewayError("declined", "invalid_request.Idempotence-Key"));
    expect(await second).toMatchObject({ state: "pending", confirmationUrl: first.confirmationUrl });
    expect((await paymentOf(first.paymentId)).askAt).not.toBeNull();
  });

  test("every call under one key carries one body, wherever the button was pressed and whoever asks", async () => {
    const bodies: unknown[] = [];
    const listening = gatewayOf({
      createPayment: (request) => {
        bodies.push(request);
        return away();
      },
    });
    const requestKey = key();
    const pressed = (returnBase: string) =>
      startPayment(listening, { accountId: anna.accountId, amountMinor: 500_00n, requestKey, returnBase });
    const [one] = await Promise.all(["http://a.test/pay", "http://b.test/pay"].map(pressed));
    await syncPayment(listening, { accountId: anna.accountId, paymentId: one?.paymentId ?? "" });
    expect(bodies.length).toBeGreaterThanOrEqual(2);
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    expect(bodies[0]).toMatchObject({ returnUrl: expect.stringContaining(one?.paymentId ?? "no payment") });
  });

  test("a process that dies between storing the payment and the first call leaves a body that can be sent", async () => {
    const dying = gatewayOf({ createPayment: () => Promise.reject(new Error("killed")) });
    const requestKey = key();
    await expect(start(500_00n, requestKey, dying)).rejects.toThrow("killed");
    const [row] = await rowsOf<{ request: Record<string, unknown> }>(
      world.ctx,
      sql`select request from payments where idempotence_key = ${requestKey}`,
    );
    expect(row?.request).toMatchObject({ returnUrl: expect.stringMatching(/^http/) });
  });

  test("a payment that is posted while its key expires stays posted", async () => {
    const { paymentId, providerId, settled } = await pay();
    await settled();
    await database.sql`update payments set provider_payment_id = null, state = 'unknown', started_at = started_at - interval '2 days' where id = ${paymentId}`;
    let expired: Promise<unknown> = Promise.resolve();
    await database.ownerSql.begin(async (hold) => {
      await hold`select 1 from payments where id = ${paymentId} for update`;
      const posting = syncPayment(withGateway(), { providerPaymentId: providerId });
      await vi.waitFor(async () => expect(await waiting()).toBe(1));
      expired = syncPayment(withGateway(), { accountId: anna.accountId, paymentId });
      await vi.waitFor(async () => expect(await waiting()).toBe(2));
      await hold`select 1`;
      expired = Promise.all([expired, posting]);
    });
    await expired;
    expect((await paymentOf(paymentId)).state).toBe("posted");
    expect(await readBalance(world.ctx, anna.accountId)).toBe(500_00n);
  });

  test("a key that expires unanswered is left to an operator, with a trace of when and why", async () => {
    const { paymentId } = await start(500_00n, key(), gatewayOf({ createPayment: away }));
    await database.sql`update payments set started_at = started_at - interval '2 days' where id = ${paymentId}`;
    expect(await syncPayment(withGateway(), { accountId: anna.accountId, paymentId })).toBe("unknown");
    expect(await paymentOf(paymentId)).toMatchObject({ state: "unknown", failure: "key_expired", askAt: null });
    const trace = await rowsOf(
      world.ctx,
      sql`select 1 from audit_log where entity_id = ${paymentId} and after ->> 'failure' = 'key_expired'`,
    );
    expect(trace).toHaveLength(1);
  });

  test.each(["failed", "canceled", "unknown"])(
    "a webhook about a payment that nobody asks about any more (%s) is read again when the provider is back",
    async (state) => {
      const { paymentId, providerId, settled } = await pay();
      await settled();
      await database.sql`update payments set state = ${state}, ask_at = null, asks = 90 where id = ${paymentId}`;
      const deaf = gatewayOf({ readPayment: away });
      await expect(syncPayment(deaf, { providerPaymentId: providerId }), "the queue must try again").rejects.toThrow();
      expect(await syncPayment(withGateway(), { providerPaymentId: providerId })).toBe("posted");
      expect(await readBalance(world.ctx, anna.accountId)).toBe(500_00n);
    },
  );

  test("a webhook that comes before our own write of the id, while the provider is away, is read again", async () => {
    const deaf = gatewayOf({ readPayment: away });
    await expect(syncPayment(deaf, { providerPaymentId: crypto.randomUUID() })).rejects.toThrow();
  });

  test("a payment that the provider no longer finds is asked about ever more rarely, not every minute for ever", async () => {
    const { paymentId } = await pay();
    const lost = gatewayOf({ readPayment: () => Promise.reject(new GatewayError("not_found", "not_found")) });
    expect(await syncPayment(lost, { accountId: anna.accountId, paymentId })).toBe("unknown");
    expect(await paymentOf(paymentId)).toMatchObject({ state: "pending", asks: 1 });
  });
});

/** Connections that wait for a row of this database. */
const waiting = async () =>
  Number(
    (
      await database.ownerSql`select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    )[0]?.n,
  );
