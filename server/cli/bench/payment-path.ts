import { performance } from "node:perf_hooks";
import type postgres from "postgres";
import { openDatabase } from "@/db/open-database";
import { type GatewayContext, type GatewayPayment, postPayment } from "@/server/domain/payments";
import { addDays, dayIn } from "@/server/kernel/day";
import { createContext } from "@/server/platform/context";
import { BARE_POSTING } from "./bare-posting";
import { dealOut } from "./lanes";
import { type BenchOptions, type BenchResult, ratios } from "./report";
import { scratchDatabase } from "./scratch";
import { seedAccounts, ZONE } from "./seed-accounts";
import { median, rounded } from "./statistics";
import { webhookToActive } from "./webhook-to-active";

const DEFAULT_PAYMENTS = 2_000;
const IN_FLIGHT = 8;
const AMOUNT_MINOR = 500_00n;
const SHOP = "100500";

interface Waiting {
  readonly accountId: string;
  readonly paymentId: string;
  readonly providerPaymentId: string;
}

/**
 * Posting a payment that the provider has confirmed: the product's verb, and one SQL function that writes the same rows,
 * through the same driver, eight in flight each. Then the whole way on a running product, from the webhook's arrival to
 * the service seen active in the network.
 */
export async function paymentPath(options: BenchOptions): Promise<BenchResult> {
  const payments = options.accounts ?? DEFAULT_PAYMENTS;
  const scratch = await scratchDatabase();
  options.defer(scratch.close);
  options.say(`seeding ${payments * 2 * options.rounds} payments`);
  const today = dayIn(new Date(), ZONE);
  await seedAccounts(scratch.owner, payments, addDays(today, -40));
  await scratch.owner.unsafe(BARE_POSTING);
  const database = openDatabase(scratch.urls.app, { max: IN_FLIGHT, name: "uzel bench" });
  options.defer(database.close);
  const ctx = gatewayContext(database.db);

  const [ours, limit]: [number[], number[]] = [[], []];
  for (let round = 0; round < options.rounds; round += 1) {
    const [first, second] = [await seedPayments(scratch.owner), await seedPayments(scratch.owner)];
    await scratch.owner.unsafe("vacuum analyze payments");
    await scratch.owner.unsafe("checkpoint");
    ours.push(
      await rate(first, async (payment) => {
        if (!(await postPayment(ctx, payment, told(payment)))) throw new Error("a payment was posted before");
      }),
    );
    await scratch.owner.unsafe("checkpoint");
    limit.push(
      await rate(
        second,
        ({ accountId, paymentId, providerPaymentId }) =>
          database.sql`select bench_post_payment(${accountId}, ${paymentId}, ${providerPaymentId}, ${today}::date)`,
      ),
    );
    options.say(
      `round ${round + 1}: ours ${rounded(ours[round] ?? 0)}, limit ${rounded(limit[round] ?? 0)} payments/s`,
    );
  }
  const figures = (rates: readonly number[]) => ({ perSecond: rounded(median(rates)), inFlight: IN_FLIGHT });
  const peakRssMiB = rounded(process.resourceUsage().maxRSS / 1024);
  const { p50Ms, p95Ms, note } = await webhookToActive(options);
  return {
    name: "payment-path",
    scale: payments,
    ours: figures(ours),
    limit: figures(limit),
    ...ratios(figures(ours), figures(limit)),
    p50Ms,
    p95Ms,
    peakRssMiB,
    seed: options.seed,
    rounds: options.rounds,
    notes: ["limit is one SQL function with the same row locks, keys, audit, event and job", note],
  };
}

function gatewayContext(db: ReturnType<typeof openDatabase>["db"]): GatewayContext {
  const never = () => Promise.reject(new Error("the posting of a payment asks nobody"));
  const gateway = {
    provider: "yookassa",
    testMode: true,
    shopId: SHOP,
    createPayment: never,
    readPayment: never,
  } as const;
  return { ...createContext({ db, actor: { kind: "job", name: "bench" }, zone: ZONE }), ports: { gateway } };
}

/** One open payment for every account. */
async function seedPayments(owner: postgres.Sql): Promise<Waiting[]> {
  return owner<Waiting[]>`
    insert into payments (account_id, id, provider, provider_payment_id, idempotence_key, amount_minor, state, started_at, ask_at)
    select id, gen_random_uuid(), 'yookassa', gen_random_uuid()::text, gen_random_uuid()::text, ${AMOUNT_MINOR.toString()}::bigint,
           'pending', now(), now() + interval '1 hour'
    from accounts
    returning account_id as "accountId", id as "paymentId", provider_payment_id as "providerPaymentId"`;
}

function told({ accountId, paymentId, providerPaymentId }: Waiting): GatewayPayment {
  const now = new Date();
  return {
    id: providerPaymentId,
    status: "succeeded",
    paid: true,
    test: true,
    amountMinor: AMOUNT_MINOR,
    currency: "RUB",
    incomeAmountMinor: AMOUNT_MINOR,
    shopId: SHOP,
    metadata: { paymentId, accountId },
    confirmationUrl: null,
    createdAt: now,
    capturedAt: now,
    methodTitle: "bank_card",
    cancellationReason: null,
  };
}

async function rate<T>(work: readonly T[], run: (item: T) => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await dealOut(Array.from({ length: IN_FLIGHT }), work, (_lane, item) => run(item));
  return work.length / ((performance.now() - since) / 1000);
}
