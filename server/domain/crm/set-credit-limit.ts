import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { SetCreditLimitInput } from "./schema";

/** Sets how far below zero an account may go. Charging and service state follow by themselves. */
export async function setCreditLimit(ctx: Context, raw: SetCreditLimitInput): Promise<void> {
  const scope = requirePermission(ctx, "account:set_credit_limit");
  const input = SetCreditLimitInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const [before] = await tx.db
      .select({ creditLimitMinor: accounts.creditLimitMinor })
      .from(accounts)
      .where(eq(accounts.id, input.accountId))
      .for("update");
    if (before?.creditLimitMinor === input.creditLimitMinor) return;
    await tx.db
      .update(accounts)
      .set({ creditLimitMinor: input.creditLimitMinor })
      .where(eq(accounts.id, input.accountId));
    await record(tx, {
      audit: [
        {
          action: "account.set_credit_limit",
          entity: "account",
          entityId: input.accountId,
          accountId: input.accountId,
          before,
          after: { creditLimitMinor: input.creditLimitMinor },
        },
      ],
      events: [
        {
          type: "account.credit_limit_set",
          accountId: input.accountId,
          payload: { creditLimitMinor: input.creditLimitMinor },
        },
      ],
    });
  });
}
