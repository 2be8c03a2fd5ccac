import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { trpcWorld } from "@/server/api/__tests__/trpc-world";
import { createCaller } from "@/server/api/root";
import type { WebContext } from "@/server/auth/web-context";
import { type GatewayPayment, type PaymentGateway, syncPayment } from "@/server/domain/payments";
import { applyService, createService, type NetworkView, refreshServices } from "@/server/domain/provisioning";
import { billAccounts } from "@/server/domain/runs";
import { createContext } from "@/server/platform/context";
import type { Ports } from "@/server/ports";
import { createWorld, type Subscriber, type World, ZONE } from "@/server/scenarios/world";
import { type PaymentProgress, watchPaymentProgress } from "../read-payment-progress";

let database: TestDatabase;
let world: World;
let web: ReturnType<typeof trpcWorld>;
/** What the provider would tell of each payment, by its id. */
const told = new Map<string, GatewayPayment>();

const gateway: PaymentGateway = {
  provider: "yookassa",
  testMode: true,
  shopId: "100500",
  async createPayment(request) {
    const id = crypto.randomUUID();
    const payment: GatewayPayment = {
      id,
      status: "pending",
      paid: false,
      test: true,
      amountMinor: request.amountMinor,
      currency: "RUB",
      incomeAmountMinor: null,
      shopId: "100500",
      metadata: request.metadata,
      confirmationUrl: "https://pay.example/1",
      createdAt: new Date(),
      capturedAt: null,
      methodTitle: "bank_card *4477",
      cancellationReason: null,
    };
    told.set(id, payment);
    return payment;
  },
  async readPayment(id) {
    const payment = told.get(id);
    if (!payment) throw new Error("the provider was asked for a payment it does not have");
    return payment;
  },
};

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, new Date().toISOString().slice(0, 10));
  web = trpcWorld(database, { gateway } as Ports);
});
afterAll(() => database.close());

/** The real clock: the stream is woken by events of now. */
const job = () => ({
  ...createContext({ db: database.db, zone: ZONE, actor: { kind: "job", name: "test" } as const }),
  ports: {
    gateway,
    network: {
      mode: "views" as const,
      readAccess: async (): Promise<NetworkView> => ({ state: "active", downKbps: 300_000, upKbps: 300_000 }),
    },
  },
});

async function closedForMoney(login: string) {
  const person = await world.subscriber({});
  await billAccounts(world.ctx, { accountIds: [person.accountId] });
  const { accountId, subscriptionId } = person;
  const { serviceId } = await createService(job(), { accountId, subscriptionId, login });
  return { ...person, serviceId };
}

async function startedPayment(who: Subscriber, ctx: WebContext, amountMinor = 650_00n) {
  const { paymentId, confirmationUrl } = await createCaller(ctx).payments.start({
    accountId: who.accountId,
    amountMinor,
    requestKey: crypto.randomUUID(),
  });
  expect(confirmationUrl).toBe("https://pay.example/1");
  return paymentId;
}

/** The provider took the money, or did not, and the worker read it. */
async function settleAtProvider(ctx: WebContext, paymentId: string, change: Partial<GatewayPayment>) {
  const { accountId } = await createCaller(ctx).payments.read({ paymentId });
  for (const [id, payment] of told) {
    if (payment.metadata.paymentId === paymentId) told.set(id, { ...payment, ...change });
  }
  return syncPayment(job(), { accountId, paymentId });
}
const succeeded = { status: "succeeded", paid: true, capturedAt: new Date() } as const;

const words = ({ outcome, received, posted, active }: PaymentProgress) =>
  [outcome, received.state, posted.state, active.state].join(" ");

describe("the stream of a payment", () => {
  test("tells received, posted, active as they happen, each once, and ends", { timeout: 20_000 }, async () => {
    const anna = await closedForMoney("anna-line");
    const ctx = await web.signedIn("subscriber", anna.customerId);
    const paymentId = await startedPayment(anna, ctx);
    const seen: string[] = [];
    const abort = new AbortController();
    const watching = (async () => {
      for await (const { progress } of watchPaymentProgress(ctx, paymentId, null, abort.signal)) {
        seen.push(words(progress));
        if (seen.length === 1) await settleAtProvider(ctx, paymentId, succeeded);
        if (seen.length === 2) {
          await billAccounts(world.ctx, { accountIds: [anna.accountId] });
          await refreshServices(job(), { accountIds: [anna.accountId] });
          await applyService(job(), { accountId: anna.accountId, serviceId: anna.serviceId });
        }
      }
    })();
    await watching;
    abort.abort();
    expect(seen).toEqual(["waiting doing waiting waiting", "waiting done done doing", "active done done done"]);
  });

  test("a reader that reconnects with what it saw last is told only what is new", async () => {
    const boris = await closedForMoney("boris-line");
    const ctx = await web.signedIn("subscriber", boris.customerId);
    const paymentId = await startedPayment(boris, ctx);
    const first = await watchPaymentProgress(ctx, paymentId, null, new AbortController().signal).next();
    if (first.done) throw new Error("the stream said nothing");
    const abort = new AbortController();
    const again = watchPaymentProgress(ctx, paymentId, first.value.id, abort.signal).next();
    await settleAtProvider(ctx, paymentId, { status: "canceled", cancellationReason: "insufficient_funds" });
    const next = await again;
    expect(next.value?.progress).toMatchObject({ outcome: "failed", failure: "insufficient_funds" });
    abort.abort();
  });

  test("whoever looks while the money is posted and the account settled sees before or after, never between", async () => {
    const sums = Array.from({ length: 4 }, (_, index) => index);
    for (const round of sums) {
      const who = await closedForMoney(`torn-line-${round}`);
      const ctx = await web.signedIn("subscriber", who.customerId);
      const paymentId = await startedPayment(who, ctx);
      let over = false;
      const looking = Promise.all(
        sums.map(async () => {
          const outcomes = new Set<string>();
          while (!over) outcomes.add((await createCaller(ctx).payments.read({ paymentId })).outcome);
          return outcomes;
        }),
      );
      await settleAtProvider(ctx, paymentId, succeeded);
      await billAccounts(world.ctx, { accountIds: [who.accountId] });
      await refreshServices(job(), { accountIds: [who.accountId] });
      over = true;
      for (const outcomes of await looking) expect([...outcomes]).toEqual(["waiting"]);
    }
  });

  test("too little money ends the line with what is missing", async () => {
    const vera = await closedForMoney("vera-line");
    const ctx = await web.signedIn("subscriber", vera.customerId);
    const paymentId = await startedPayment(vera, ctx, 100_00n);
    await settleAtProvider(ctx, paymentId, succeeded);
    const { money } = await createCaller(ctx).cabinet.home({});
    const progress = await createCaller(ctx).payments.read({ paymentId });
    expect(progress).toMatchObject({ outcome: "short", balanceMinor: 100_00n, missingMinor: money.missingMinor });
  });
});

describe("whose payment it is", () => {
  test("another's payment reads as one that is not there, in every procedure", async () => {
    const [anna, stranger] = [await world.subscriber({}), await world.subscriber({})];
    const ctx = await web.signedIn("subscriber", anna.customerId);
    const paymentId = await startedPayment(anna, ctx);
    const other = await web.signedIn("subscriber", stranger.customerId);
    await expect(createCaller(other).payments.read({ paymentId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const stream = watchPaymentProgress(other, paymentId, null, new AbortController().signal);
    await expect(stream.next()).rejects.toMatchObject({ kind: "not_found" });
    await expect(
      createCaller(other).payments.start({
        accountId: anna.accountId,
        amountMinor: 650_00n,
        requestKey: crypto.randomUUID(),
      }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each([9_99n, 250_000_01n, -1n])(
    "a sum of %d kopecks is refused before anybody is asked",
    async (amountMinor) => {
      const anna = await world.subscriber({});
      const caller = createCaller(await web.signedIn("subscriber", anna.customerId));
      const before = told.size;
      await expect(
        caller.payments.start({ accountId: anna.accountId, amountMinor, requestKey: crypto.randomUUID() }),
      ).rejects.toMatchObject({ code: "BAD_REQUEST" });
      expect(told.size).toBe(before);
    },
  );
});
