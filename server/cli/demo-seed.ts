import { eq, sql } from "drizzle-orm";
import { openDatabase } from "@/db/open-database";
import { customers, settings } from "@/db/schema";
import { CommandError } from "@/server/cli/run-command";
import { proveLedger } from "@/server/domain/ledger";
import { env } from "@/server/env";
import type { Context } from "@/server/platform/context";
import { chanceOf } from "./demo/chance";
import { createLogins } from "./demo/logins";
import { connect } from "./demo/network";
import { liveThrough } from "./demo/simulation";

export { type DemoLogin, demoLogins } from "./demo/logins";

/** Changes who lives there and what happens to them; the same number makes the same operator. */
const SEED = 59;
const MARK = "demo.seeded_at";

export interface SeedOptions {
  /** The app role's: the demo may do what the product may do. */
  readonly databaseUrl: string;
  readonly onProgress: (text: string, done: number, total: number) => void;
}

/**
 * Makes a believable operator by living fourteen months through the product's own verbs under a moved clock, up to the
 * real now. Changes nothing when it is there already.
 * @throws CommandError when the database holds subscribers of somebody else, or of a demo that was not finished.
 */
export async function seedDemo({ databaseUrl, onProgress }: SeedOptions): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { max: 1, name: "uzel demo" });
  try {
    // Of this one connection: a demo that a power cut interrupts is made anew, so its thousands of commits need not wait.
    await db.execute(sql`set synchronous_commit = off`);
    const [seeded] = await db.select().from(settings).where(eq(settings.key, MARK));
    if (seeded) return;
    await refuseOccupied(db);
    const realNow = new Date();
    const of = { db, zone: env.OPERATOR_ZONE, story: chanceOf(SEED), ids: chanceOf(SEED + 1), realNow };
    const town = await liveThrough(of, (day, done, total) => {
      if (done === 0 || day.endsWith("-01")) onProgress(day.slice(0, 7), done, total);
    });
    onProgress("network and logins", town.homes.size, town.homes.size);
    await finishJobs(town.ctx);
    await connect(town);
    await createLogins(town);
    const proof = await proveLedger(town.ctx);
    if (!proof.proven) throw new Error(`the demo's books do not agree: ${JSON.stringify(proof.sample)}`);
    await db.insert(settings).values({ key: MARK, value: realNow.toISOString() });
  } finally {
    await close();
  }
}

async function refuseOccupied(db: Context["db"]): Promise<void> {
  const [somebody] = await db.select({ id: customers.id }).from(customers).limit(1);
  if (!somebody) return;
  throw new CommandError(
    "The database has subscribers, and not of a finished demo: point DATABASE_URL at an empty database or delete the data folder.",
  );
}

/**
 * The settling that each day's events asked for was done that day, and so were the reminders that had their hour; only their
 * jobs are left.
 */
async function finishJobs(ctx: Context): Promise<void> {
  await ctx.db.execute(sql`
    select count(*) from graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs
      where task_identifier in ('settle_account', 'tell_account')
         or (task_identifier = 'send_message' and run_at <= ${ctx.now().toISOString()}::timestamptz)))`);
}
