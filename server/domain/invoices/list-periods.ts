import { sql } from "drizzle-orm";
import { listApprovals, requirePermission, type WaitingApproval } from "@/server/domain/identity";
import { addMonths, type Day, dayIn, monthStart } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { PERIOD_ACTS } from "./constants";
import { listBookedMonths, readCloseFacts } from "./read-close-facts";
import { type CloseObstacle, closeObstacles } from "./rules/close-obstacles";

export interface PeriodRow {
  readonly month: Day;
  readonly state: "running" | "open" | "closed";
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  /** It was closed once and opened again. */
  readonly reopenedAt: Date | null;
  readonly reopenedBy: string | null;
  readonly waiting: (WaitingApproval & { readonly act: "close" | "reopen" }) | null;
}

export interface EntityPeriods {
  readonly legalEntityId: string;
  readonly name: string;
  readonly today: Day;
  /** Newest first. */
  readonly periods: readonly PeriodRow[];
  /** The earliest month that is over and open, and what is in its way; null when there is none. */
  readonly next: { readonly month: Day; readonly obstacles: readonly CloseObstacle[] } | null;
  /** The only month that may be opened again. */
  readonly lastClosed: Day | null;
}

/** Every legal entity's months that anything was booked in, with who closed them and what keeps the next one open. */
export async function listPeriods(ctx: Context): Promise<EntityPeriods[]> {
  requirePermission(ctx, "period:read");
  const today = dayIn(ctx.now(), ctx.zone);
  const [entities, booked, closed, waiting] = await Promise.all([
    rowsOf<{ id: string; name: string }>(ctx, sql`select id, name from legal_entities order by created_at`),
    listBookedMonths(ctx, monthStart(today)),
    readPeriodRows(ctx),
    listApprovals(ctx, "period:read", { kinds: PERIOD_ACTS }),
  ]);
  return Promise.all(
    entities.map(async ({ id, name }) => {
      const own = new Map(closed.filter((row) => row.legal_entity_id === id).map((row) => [row.month, row]));
      const months = [...new Set([...booked, ...own.keys(), monthStart(today)])].sort().reverse();
      const periods = months.map((month) => periodOf(month, own.get(month), today, waitingFor(waiting, id, month)));
      const nextMonth = periods.findLast((row) => row.state === "open")?.month ?? null;
      const facts = nextMonth && (await readCloseFacts(ctx, id, nextMonth));
      return {
        legalEntityId: id,
        name,
        today,
        periods,
        next: facts && nextMonth ? { month: nextMonth, obstacles: closeObstacles(facts) } : null,
        lastClosed: periods.find((row) => row.state === "closed")?.month ?? null,
      };
    }),
  );
}

type Row = {
  legal_entity_id: string;
  month: Day;
  closed_at: string;
  closed_by: string | null;
  reopened_at: string | null;
  reopened_by: string | null;
};

function readPeriodRows(ctx: Context): Promise<Row[]> {
  return rowsOf<Row>(
    ctx,
    sql`
    select p.legal_entity_id, p.month, p.closed_at, p.reopened_at,
           coalesce(c.display_name, p.closed_by) as closed_by, coalesce(r.display_name, p.reopened_by) as reopened_by
    from accounting_periods p
    left join users c on p.closed_by = 'user:' || c.id
    left join users r on p.reopened_by = 'user:' || r.id`,
  );
}

function waitingFor(waiting: readonly WaitingApproval[], legalEntityId: string, month: Day): PeriodRow["waiting"] {
  const found = waiting.find(({ input }) => input.legalEntityId === legalEntityId && input.month === month.slice(0, 7));
  return found ? { ...found, act: found.kind === "period.close" ? "close" : "reopen" } : null;
}

function periodOf(month: Day, row: Row | undefined, today: Day, waiting: PeriodRow["waiting"]): PeriodRow {
  const closed = row !== undefined && row.reopened_at === null;
  return {
    month,
    state: closed ? "closed" : addMonths(month, 1) > today ? "running" : "open",
    closedAt: row ? new Date(row.closed_at) : null,
    closedBy: row?.closed_by ?? null,
    reopenedAt: row?.reopened_at ? new Date(row.reopened_at) : null,
    reopenedBy: row?.reopened_by ?? null,
    waiting,
  };
}
