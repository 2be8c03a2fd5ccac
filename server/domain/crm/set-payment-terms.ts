import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { SetPaymentTermsInput } from "./schema";

/**
 * Sets how many days an account has to pay and how many days past due its service goes on; null of either = the operator's own.
 * What is charged already keeps the day it is due on; the delay is in force at once, and services follow by themselves.
 */
export async function setPaymentTerms(ctx: Context, raw: SetPaymentTermsInput): Promise<void> {
  const scope = requirePermission(ctx, "account:set_payment_terms");
  const { accountId, ...after } = SetPaymentTermsInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const [before] = await tx.db
      .select({ paymentTermDays: accounts.paymentTermDays, blockDelayDays: accounts.blockDelayDays })
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for("update");
    const isSame = before?.paymentTermDays === after.paymentTermDays && before.blockDelayDays === after.blockDelayDays;
    if (isSame) return;
    await tx.db.update(accounts).set(after).where(eq(accounts.id, accountId));
    await record(tx, {
      audit: [
        { action: "account.set_payment_terms", entity: "account", entityId: accountId, accountId, before, after },
      ],
      events: [{ type: "account.payment_terms_set", accountId, payload: after }],
    });
  });
}
