import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { ExceptionReason } from "./constants";
import { ListExceptionsInput } from "./schema";

export interface ReminderException {
  readonly exceptionId: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly reason: ExceptionReason;
  readonly note: string | null;
  readonly fromOn: Day;
  readonly untilOn: Day;
  /** Set when a person ended it before its day. */
  readonly endedAt: Date | null;
}

const MOST = 500;

/** Exceptions in force, the one that ends first on top; or those that are over, the latest on top. */
export function listExceptions(ctx: Context, raw: ListExceptionsInput): Promise<ReminderException[]> {
  requirePermission(ctx, "reminder:read");
  const { state } = ListExceptionsInput.parse(raw);
  const today = dayIn(ctx.now(), ctx.zone);
  return readExceptions(
    ctx,
    state === "open"
      ? sql`where e.ended_at is null and e.until_on > ${today}::date order by e.until_on, e.id limit ${MOST}`
      : sql`where e.ended_at is not null or e.until_on <= ${today}::date
            order by coalesce(e.ended_at, e.until_on::timestamptz) desc, e.id limit ${MOST}`,
  );
}

/** The exception that an account stands under now. Throws `not_found` when there is no such account. */
export async function findException(ctx: Context, accountId: string): Promise<ReminderException | null> {
  await requireAccounts(ctx, requirePermission(ctx, "reminder:read"), [accountId]);
  const today = dayIn(ctx.now(), ctx.zone);
  const [found] = await readExceptions(
    ctx,
    sql`where e.account_id = ${accountId} and e.ended_at is null and e.until_on > ${today}::date`,
  );
  return found ?? null;
}

async function readExceptions(ctx: Context, which: ReturnType<typeof sql>): Promise<ReminderException[]> {
  const rows = await rowsOf<Record<string, string | null>>(
    ctx,
    sql`
    select e.id, e.account_id, a.number, c.name, e.reason, e.note, e.from_on, e.until_on, e.ended_at
    from dunning_exceptions e join accounts a on a.id = e.account_id join customers c on c.id = a.customer_id ${which}`,
  );
  return rows.map((row) => ({
    exceptionId: String(row.id),
    accountId: String(row.account_id),
    accountNumber: String(row.number),
    customerName: String(row.name),
    reason: row.reason as ExceptionReason,
    note: row.note ?? null,
    fromOn: row.from_on as Day,
    untilOn: row.until_on as Day,
    endedAt: row.ended_at ? new Date(row.ended_at) : null,
  }));
}
