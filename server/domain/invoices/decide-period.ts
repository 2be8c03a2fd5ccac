import { sql } from "drizzle-orm";
import { decideApproval, requirePermission } from "@/server/domain/identity";
import { lockMonths } from "@/server/domain/ledger";
import type { Day } from "@/server/kernel/day";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { PERIOD_ACTS } from "./constants";
import { refuseToClose, refuseToReopen } from "./internal";
import { readClosedThrough, readCloseFacts } from "./read-close-facts";
import { DecidePeriodInput, PeriodInput } from "./schema";

/**
 * The second person's word on closing or reopening a month; the first one's own word only takes the request back. Rules are
 * asked again, with the months to oneself: what is being booked in them is waited for, and lands or is refused as a whole.
 */
export async function decidePeriod(ctx: Context, raw: DecidePeriodInput): Promise<void> {
  requirePermission(ctx, "period:close");
  const { approvalId, approve } = DecidePeriodInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const decided = await decideApproval(tx, { approvalId, kinds: PERIOD_ACTS, approve });
    const asked = PeriodInput.parse({ ...decided.input, reason: decided.reason });
    const closes = decided.kind === "period.close";
    if (approve) await (closes ? close(tx, asked) : reopen(tx, asked));
    const [done, type] = closes
      ? (["period.close", "period.closed"] as const)
      : (["period.reopen", "period.reopened"] as const);
    await record(tx, {
      audit: [
        {
          action: approve ? done : "period.decline",
          entity: "accounting_period",
          entityId: asked.month,
          after: { ...asked, asked: decided.kind, askedBy: `user:${decided.askedBy}` },
        },
      ],
      events: approve ? [{ type, accountId: null, payload: asked }] : [],
    });
  });
}

type Asked = ReturnType<typeof PeriodInput.parse>;

async function close(tx: Context, { legalEntityId, month }: Asked): Promise<void> {
  const last = `${month}-01` as Day;
  const { months } = await readCloseFacts(tx, legalEntityId, last);
  await lockMonths(tx, months);
  const facts = await readCloseFacts(tx, legalEntityId, last);
  refuseToClose(facts);
  await tx.db.execute(sql`
    insert into accounting_periods (legal_entity_id, month, closed_at, closed_by)
    select ${legalEntityId}, month, ${tx.now().toISOString()}::timestamptz, ${actorLabel(tx.actor)}
    from unnest(${pgArray(facts.months, "date")}) as month
    on conflict (legal_entity_id, month) do update
      set closed_at = excluded.closed_at, closed_by = excluded.closed_by, reopened_at = null, reopened_by = null`);
}

async function reopen(tx: Context, { legalEntityId, month }: Asked): Promise<void> {
  await lockMonths(tx, [`${month}-01` as Day]);
  refuseToReopen(await readClosedThrough(tx, legalEntityId), month);
  await tx.db.execute(sql`
    update accounting_periods set reopened_at = ${tx.now().toISOString()}::timestamptz, reopened_by = ${actorLabel(tx.actor)}
    where legal_entity_id = ${legalEntityId} and month = ${`${month}-01`}::date`);
}
