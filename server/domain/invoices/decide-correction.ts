import { decideApproval, requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { CORRECTION_ACT } from "./constants";
import { recordCorrection } from "./internal";
import { DecideCorrectionInput, StoredCorrection } from "./schema";
import { quoteCorrection, writeAdjustment } from "./write-adjustment";

/**
 * The second person's word on a correction above the limit. What was asked is done if the line still has room for it; the one
 * who asked may only take it back. Throws what `decideApproval` and `correctCharge` throw.
 */
export async function decideCorrection(ctx: Context, raw: DecideCorrectionInput): Promise<void> {
  const scope = requirePermission(ctx, "charge:approve_correction");
  const { accountId, approvalId, approve } = DecideCorrectionInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const decided = await decideApproval(tx, { approvalId, kinds: [CORRECTION_ACT], accountId, approve });
    const order = StoredCorrection.parse(decided.input);
    if (!approve) {
      await record(tx, {
        audit: [
          { action: "charge.decline_correction", entity: "charge", entityId: approvalId, accountId, after: order },
        ],
      });
      return;
    }
    const quote = await quoteCorrection(tx, order);
    await writeAdjustment(tx, order, quote);
    await recordCorrection(tx, "charge.approve_correction", order, {
      ...quote.credit,
      askedBy: `user:${decided.askedBy}`,
    });
  });
}
