import { eq } from "drizzle-orm";
import { bankCredits } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { formatAmount } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { accountsByNumber, placeMoney } from "./internal";
import { PlaceCreditInput } from "./schema";

/**
 * A person says whose money it is: one account, or several whose parts are the whole credit to the kopeck. Posted at once, as
 * payments. Refuses, at the field: an account that the credit's company has not (`account.not_found`) or that is named twice
 * (`bank.account_twice`); parts that do not come to the sum (`bank.sum_differs`); and, with `conflict`, a credit that somebody has
 * placed meanwhile (`bank.already_placed`).
 */
export async function placeCredit(ctx: Context, raw: PlaceCreditInput): Promise<{ accounts: number }> {
  requirePermission(ctx, "bank:place");
  const { creditId, parts } = PlaceCreditInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const [credit] = await tx.db.select().from(bankCredits).where(eq(bankCredits.id, creditId)).for("update");
    if (!credit) throw new DomainError("not_found", "bank.credit_not_found");
    if (credit.state !== "unknown") throw new DomainError("conflict", "bank.already_placed");
    const byNumber = await accountsByNumber(
      tx,
      credit.legalEntityId,
      parts.map((part) => part.accountNumber),
    );
    const matches = parts.map(({ accountNumber, amountMinor }, place) => {
      const field = `parts.${place}.accountNumber`;
      const accountId = byNumber.get(accountNumber);
      if (!accountId) throw new DomainError("not_found", "account.not_found", { field });
      if (parts.findIndex((part) => part.accountNumber === accountNumber) !== place) {
        throw new DomainError("invalid", "bank.account_twice", { field, number: accountNumber });
      }
      const { receivedOn } = credit;
      return { creditId, receivedOn, accountId, amountMinor, confidence: null, reasons: [] };
    });
    const sumMinor = parts.reduce((sum, part) => sum + part.amountMinor, 0n);
    if (sumMinor !== credit.amountMinor) {
      const [sum, parted] = [formatAmount(credit.amountMinor), formatAmount(sumMinor)];
      throw new DomainError("invalid", "bank.sum_differs", { field: "parts", sum, parts: parted });
    }
    await placeMoney(tx, matches);
    await record(tx, {
      audit: matches.map(({ accountId, amountMinor }) => ({
        action: "bank.place",
        entity: "bank_credit",
        entityId: creditId,
        accountId,
        after: { amountMinor, of: credit.amountMinor, number: credit.number },
      })),
    });
    return { accounts: matches.length };
  });
}
