import { eq } from "drizzle-orm";
import { accounts, customers } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { RevealContactsInput } from "./schema";

export interface Contacts {
  readonly phone: string | null;
  readonly email: string | null;
}

/** Shows a customer's phone and e-mail whole, for a reason that stays in the audit beside who asked. */
export async function revealContacts(ctx: Context, raw: RevealContactsInput): Promise<Contacts> {
  const scope = requirePermission(ctx, "customer:reveal");
  const input = RevealContactsInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const [row] = await tx.db
      .select({ customerId: customers.id, phone: customers.phone, email: customers.email })
      .from(accounts)
      .innerJoin(customers, eq(customers.id, accounts.customerId))
      .where(eq(accounts.id, input.accountId));
    if (!row) throw new DomainError("not_found", "account.not_found");
    await record(tx, {
      audit: [
        {
          action: "customer.reveal",
          entity: "customer",
          entityId: row.customerId,
          accountId: input.accountId,
          after: { fields: ["phone", "email"], reason: input.reason },
        },
      ],
    });
    return { phone: row.phone, email: row.email };
  });
}
