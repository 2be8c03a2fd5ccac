import { setTimeout as pause } from "node:timers/promises";
import { type Database, openDatabase } from "@/db/open-database";
import { publishTariffs } from "@/server/domain/catalog";
import { registerSubscribers, setUpOperator } from "@/server/domain/crm";
import { startPayment } from "@/server/domain/payments";
import { createServices } from "@/server/domain/provisioning";
import { billAccounts } from "@/server/domain/runs";
import { startSubscriptions } from "@/server/domain/subscriptions";
import { createYookassaGateway } from "@/server/integrations/yookassa/client";
import { dayIn } from "@/server/kernel/day";
import { type Context, createContext } from "@/server/platform/context";
import { dealOut } from "./lanes";
import type { BenchOptions } from "./report";
import { scratchStack } from "./scratch-stack";
import { ZONE } from "./seed-accounts";
import { percentile, rounded } from "./statistics";

const SUBSCRIBERS = 120;
/** Payers on the payment page at a time. */
const PAYING_AT_ONCE = 4;
const LIMIT_MS = 120_000;

/**
 * Milliseconds from the moment the web route was handed the webhook to the moment the network was seen to serve the
 * subscriber, who was closed for money before: real HTTP, the real worker and, where it is installed, real RADIUS. Both
 * moments are the product's own records.
 */
export async function webhookToActive(options: BenchOptions): Promise<{ p50Ms: number; p95Ms: number; note: string }> {
  options.say("starting web, worker, payment provider and RADIUS");
  const { stack, close } = await scratchStack();
  options.defer(close);
  if (!stack.yookassa) throw new Error("the stack runs without the test provider");
  const database = openDatabase(stack.database.app, { max: 6, name: "uzel bench" });
  options.defer(database.close);
  const ctx = createContext({ db: database.db, actor: { kind: "job", name: "bench" }, zone: ZONE });
  const accountIds = await closedSubscribers(ctx);
  await until(database, accountIds.length, "walled");
  const { shopId, secretKey, apiUrl } = stack.yookassa;
  const gateway = createYookassaGateway({ shopId, secretKey, apiUrl, timeoutMs: 10_000, testMode: true });
  const asking = { ...ctx, ports: { gateway } };
  options.say(`${accountIds.length} subscribers pay, ${PAYING_AT_ONCE} at a time`);
  await dealOut(Array.from({ length: PAYING_AT_ONCE }), accountIds, async (_payer, accountId) => {
    const { confirmationUrl } = await startPayment(asking, {
      accountId,
      amountMinor: 700_00n,
      requestKey: crypto.randomUUID(),
      returnBase: stack.url,
    });
    if (!confirmationUrl) throw new Error("the test provider gave no page to pay on");
    await fetch(confirmationUrl, {
      method: "POST",
      body: new URLSearchParams({ outcome: "paid" }),
      redirect: "manual",
    });
    await until(database, 1, "active", accountId);
  });
  const waited = await database.sql<{ ms: number }[]>`
    select extract(epoch from s.actual_read_at - w.received_at)::float8 * 1000 as ms
    from services s
    join payments p on p.account_id = s.account_id
    join webhook_deliveries w on w.object_id = p.provider_payment_id and w.event = 'payment.succeeded'
    where s.actual_state = 'active'`;
  const values = waited.map((row) => row.ms);
  const network = stack.radius ? "RADIUS asked and answering" : "no RADIUS on this machine, its views read instead";
  await database.close();
  await close();
  return {
    p50Ms: rounded(percentile(values, 50)),
    p95Ms: rounded(percentile(values, 95)),
    note: `webhook → active over the production web route and the worker, ${values.length} payments, ${PAYING_AT_ONCE} at a time, ${network}`,
  };
}

/** Subscribers with a service and not a kopeck: charging has closed them. */
async function closedSubscribers(ctx: Context): Promise<string[]> {
  const today = dayIn(ctx.now(), ZONE);
  await setUpOperator(ctx, { name: "ООО «Замер»", zone: ZONE });
  const [tariff] = await publishTariffs(ctx, [
    {
      code: "bench",
      nameRu: "Замер",
      nameEn: "Bench",
      kind: "internet",
      downKbps: 300_000,
      upKbps: 300_000,
      revenueCode: "revenue:internet",
      price: { newFrom: "2020-01-01", feeMinor: 650_00n },
    },
  ]);
  const people = await registerSubscribers(
    ctx,
    Array.from({ length: SUBSCRIBERS }, (_, index) => ({
      kind: "person" as const,
      name: `Абонент ${index}`,
      phone: `+7902001${String(index).padStart(4, "0")}`,
      contractNumber: `Б-${index}`,
      accountNumber: String(700_000 + index),
      openedOn: today,
    })),
  );
  const accountIds = people.map((person) => person.accountId);
  const started = await startSubscriptions(
    ctx,
    accountIds.map((accountId) => ({ accountId, tariffId: tariff?.tariffId ?? "", startedOn: today })),
  );
  await billAccounts(ctx, { accountIds });
  await createServices(
    ctx,
    started.map((row, index) => ({ ...row, login: `bench${index}` })),
  );
  return accountIds;
}

async function until({ sql }: Database, wanted: number, state: string, accountId: string | null = null): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from services
      where actual_version = desired_version and actual_state = ${state} and (${accountId}::uuid is null or account_id = ${accountId})`;
    if (row?.count === wanted) return;
    if (Date.now() > deadline)
      throw new Error(`${row?.count} of ${wanted} services became ${state} in ${LIMIT_MS / 1000} s`);
    await pause(20);
  }
}
