import { z } from "zod";
import { requirePermission } from "@/server/domain/identity";
import { addDays, addMonths, dayIn, daysBetween, earlierDay, isDay, monthStart } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { type BaseMonth, readBase, readMrr } from "./read-base";
import { boundMonth } from "./read-book-start";
import { type Churn, readChurn } from "./read-churn";
import { readProof } from "./read-proof";
import { type RevenueMonth, readPaid, readRevenue } from "./read-revenue";
import { growthBp } from "./rules/share";

export const DashboardInput = z.object({
  /** Any day of the month looked at; the current month when left out. */
  month: z.string().refine(isDay, { error: "day.malformed" }).optional(),
  /** How many months the charts show, the looked-at one last. */
  months: z.int().min(2).max(36).default(14),
});
export type DashboardInput = z.input<typeof DashboardInput>;

/**
 * The manager's first page for one month: revenue and cash, the base, MRR, churn, each against the month before, and
 * whether the page agrees with the ledger to the kopeck.
 */
export async function readDashboard(ctx: Context, raw: DashboardInput) {
  requirePermission(ctx, "analytics:read");
  const input = DashboardInput.parse(raw);
  const today = dayIn(ctx.now(), ctx.zone);
  const { month, isFirst } = await boundMonth(
    ctx,
    earlierDay(monthStart(input.month ?? today), monthStart(today)),
    today,
  );
  const range = { from: addMonths(month, 1 - input.months), to: addMonths(month, 1) };
  const lastDay = earlierDay(today, addDays(range.to, -1));
  const running = lastDay < addDays(range.to, -1);
  const before = addMonths(month, -1);
  const sameDays = running ? earlierDay(addDays(before, daysBetween(month, lastDay) + 1), month) : month;
  const [revenue, base, mrrMinor, mrrBeforeMinor, churn, churnBefore, paidBeforeMinor, proof] = await Promise.all([
    readRevenue(ctx, range),
    readBase(ctx, range, today),
    readMrr(ctx, lastDay),
    readMrr(ctx, addDays(month, -1)),
    readChurn(ctx, month),
    readChurn(ctx, before, sameDays),
    readPaid(ctx, { from: before, to: sameDays }),
    readProof(ctx),
  ]);
  return {
    month,
    /** The book begins in it: there is nothing before. */
    isFirst,
    /** The month is not over: cash and churn are compared with as many days of the month before. */
    running,
    asOf: ctx.now(),
    revenue,
    base,
    churn,
    churnBefore: churnBefore.total,
    mrrMinor,
    mrrGrowthBp: growthBp(mrrMinor, mrrBeforeMinor),
    ...compare(revenue, base, paidBeforeMinor),
    check: agreement(revenue, proof),
  };
}
export type Dashboard = Awaited<ReturnType<typeof readDashboard>>;

function compare(revenue: readonly RevenueMonth[], base: readonly BaseMonth[], paidBeforeMinor: Minor) {
  const [now, before] = [revenue.at(-1), revenue.at(-2)];
  const [baseNow, baseBefore] = [base.at(-1), base.at(-2)];
  return {
    revenueMinor: now?.chargedMinor ?? 0n,
    revenueGrowthBp: growthBp(now?.chargedMinor ?? 0n, before?.chargedMinor ?? 0n),
    paidMinor: now?.paidMinor ?? 0n,
    paidGrowthBp: growthBp(now?.paidMinor ?? 0n, paidBeforeMinor),
    active: baseNow?.active ?? 0,
    activeGrowthBp: growthBp(BigInt(baseNow?.active ?? 0), BigInt(baseBefore?.active ?? 0)),
  };
}

/** «Сходится с журналом»: the page's revenue equals the ledger's in every month shown, and the ledger is proven. */
function agreement(revenue: readonly RevenueMonth[], proof: Awaited<ReturnType<typeof readProof>>) {
  const differing = revenue.filter((row) => row.chargedMinor !== row.ledgerMinor);
  return {
    agrees: differing.length === 0 && proof?.proven !== false,
    differingMonths: differing.map((row) => row.month),
    differenceMinor: differing.reduce((sum, row) => sum + row.chargedMinor - row.ledgerMinor, 0n),
    proof,
  };
}

export type { Churn };
