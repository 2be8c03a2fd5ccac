import { sql } from "drizzle-orm";
import { legalEntities } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { type Day, dayIn, monthStart } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { factsOf, type RunFacts, selectRuns } from "./read-run";

export interface ListedRun extends RunFacts {
  readonly accounts: number;
  readonly charged: number;
  readonly parked: number;
  readonly chargedMinor: Minor;
  /** Given back, as days that were not served. */
  readonly creditedMinor: Minor;
}

/** Runs that a list shows: five years of months, and a few that were cancelled. */
const SHOWN = 72;

export interface RunList {
  readonly runs: readonly ListedRun[];
  readonly thisMonth: Day;
  /** The operator's companies, each with runs of its own. */
  readonly entities: readonly { readonly id: string; readonly name: string }[];
}

/** Latest month first. */
export async function listRuns(ctx: Context): Promise<RunList> {
  requirePermission(ctx, "run:read");
  const rows = await rowsOf<Parameters<typeof factsOf>[0]>(
    ctx,
    sql`${selectRuns(sql`true`)} order by r.period_start desc, r.opened_at desc limit ${SHOWN}`,
  );
  const totals = await rowsOf<{
    run_id: string;
    accounts: string;
    charged: string;
    parked: string;
    charged_minor: string;
    credited_minor: string;
  }>(
    ctx,
    sql`
    select run_id, sum(accounts) as accounts, sum(charged) as charged, sum(parked) as parked, sum(charged_minor) as charged_minor,
           sum(credited_minor) as credited_minor
    from billing_run_chunks
    where stage = 'charge' and run_id = ${anyOf(
      rows.map((row) => row.id),
      "uuid",
    )}
    group by run_id`,
  );
  const entities = await ctx.db
    .select({ id: legalEntities.id, name: legalEntities.name })
    .from(legalEntities)
    .orderBy(legalEntities.name);
  const byRun = new Map(totals.map((row) => [row.run_id, row]));
  return {
    runs: rows.map((row) => {
      const total = byRun.get(row.id);
      return {
        ...factsOf(row),
        accounts: Number(total?.accounts ?? 0),
        charged: Number(total?.charged ?? 0),
        parked: Number(total?.parked ?? 0),
        chargedMinor: BigInt(total?.charged_minor ?? 0),
        creditedMinor: BigInt(total?.credited_minor ?? 0),
      };
    }),
    entities,
    thisMonth: monthStart(dayIn(ctx.now(), ctx.zone)),
  };
}
