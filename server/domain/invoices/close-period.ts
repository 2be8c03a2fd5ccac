import { askApproval, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { refuseToClose, requireLegalEntity } from "./internal";
import { readCloseFacts } from "./read-close-facts";
import { PeriodInput } from "./schema";

/**
 * Asks to close a legal entity's book through a month, with every open month before it. It is closed when a second person
 * agrees (`decidePeriod`). Throws `precondition` (`period.<obstacle>`) while something open would land in it, and `conflict`
 * (`approval.already_waiting`).
 */
export async function closePeriod(ctx: Context, raw: PeriodInput): Promise<{ approvalId: string }> {
  requirePermission(ctx, "period:close");
  const { legalEntityId, month, reason } = PeriodInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireLegalEntity(tx, legalEntityId);
    refuseToClose(await readCloseFacts(tx, legalEntityId, `${month}-01` as Day));
    const input = { legalEntityId, month };
    const asked = await askApproval(tx, { kind: "period.close", key: `${legalEntityId}:${month}`, input, reason });
    await record(tx, {
      audit: [
        { action: "period.ask_close", entity: "accounting_period", entityId: month, after: { ...input, reason } },
      ],
    });
    return asked;
  });
}
