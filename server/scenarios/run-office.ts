import { sql } from "drizzle-orm";
import { testDatabaseForThisTest } from "@/db/testing/database";
import { approveRun, listCharges, openRun, previewRun, startRun } from "@/server/domain/runs";
import { issueDueInvoices } from "@/server/jobs/issue-due-invoices";
import { type RunTask, workRunChunk } from "@/server/jobs/work-run";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type TariffOf, type World } from "./world";

export const FEE = 600_00n;

/** An operator on 1 October 2026, and the hands that run its month. */
export async function office() {
  const database = await testDatabaseForThisTest();
  const world = await createWorld(database.db, "2026-10-01");
  const [author, second] = [world.asStaff("billing_operator"), world.asStaff("admin")];
  const work = async (task: RunTask, runId: string, most = Number.POSITIVE_INFINITY) => {
    let chunks = 0;
    while (chunks < most && (await workRunChunk(world.ctx, task, runId))) chunks += 1;
    return chunks;
  };
  const previewed = async (period: string, chunkSize = 2) => {
    const { runId } = await openRun(author, { period, chunkSize });
    await previewRun(author, { runId });
    await work("preview_run", runId);
    return runId;
  };
  const started = async (period: string, chunkSize?: number) => {
    const runId = await previewed(period, chunkSize);
    await approveRun(second, { runId });
    await startRun(author, { runId });
    return runId;
  };
  const charged = async (period: string) => {
    const runId = await started(period);
    await work("charge_run", runId);
    return runId;
  };
  /** October is over, and its documents are made as the worker makes them. */
  const octoberEnds = async () => {
    world.travelTo("2026-11-01");
    await issueDueInvoices(world.ctx, "2026-10");
  };
  return { database, world, author, second, work, previewed, started, charged, octoberEnds };
}

/** Somebody with money on a tariff of their own. */
export async function subscriber(world: World, moneyMinor: bigint, tariff: TariffOf = {}): Promise<Subscriber> {
  const made = await world.subscriber({ tariffId: await world.tariff({ feeMinor: FEE, ...tariff }) });
  if (moneyMinor > 0n) await world.pay(made.accountId, moneyMinor);
  return made;
}

export const linesOf = async (ctx: Context, { accountId }: Subscriber) =>
  (await listCharges(ctx, { accountId, from: "2020-01-01" as Day, to: "2030-01-01" as Day })).map((line) => ({
    from: line.periodStart,
    amountMinor: line.amountMinor,
    bookedOn: line.bookedOn,
  }));

export async function moneyRows(ctx: Context): Promise<unknown> {
  const [row] = await rowsOf(
    ctx,
    sql`
    select (select count(*) from charges) as charges, (select count(*) from transfers where kind <> 'payment') as transfers,
           (select count(*) from adjustments) as adjustments, (select count(*) from blocks) as blocks,
           (select sum(balance_minor) from account_balances) as balance`,
  );
  return row;
}
