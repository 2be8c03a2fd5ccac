import { askApproval, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { refuseToReopen, requireLegalEntity } from "./internal";
import { readClosedThrough } from "./read-close-facts";
import { PeriodInput } from "./schema";

/**
 * Asks to open the last closed month again; it opens when a second person agrees (`decidePeriod`). Throws `precondition`
 * (`period.not_closed`, `period.later_closed`) and `conflict` (`approval.already_waiting`).
 */
export async function reopenPeriod(ctx: Context, raw: PeriodInput): Promise<{ approvalId: string }> {
  requirePermission(ctx, "period:close");
  const { legalEntityId, month, reason } = PeriodInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireLegalEntity(tx, legalEntityId);
    refuseToReopen(await readClosedThrough(tx, legalEntityId), month);
    const input = { legalEntityId, month };
    const asked = await askApproval(tx, { kind: "period.reopen", key: `${legalEntityId}:${month}`, input, reason });
    await record(tx, {
      audit: [
        { action: "period.ask_reopen", entity: "accounting_period", entityId: month, after: { ...input, reason } },
      ],
    });
    return asked;
  });
}
