import { eq } from "drizzle-orm";
import { accounts, contracts, customers } from "@/db/schema";
import { type IssuedLogin, issueLogin, requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { AccountIdInput } from "./schema";

export type IssuedAccess = Pick<IssuedLogin, "password" | "made" | "identifiers">;

/**
 * Lets the customer behind an account into the cabinet: makes their login, or gives it a new password, which is shown this
 * once. They sign in by phone, e-mail, and the numbers of all their contracts and accounts. Refusals: `account.not_found`
 * and those of `issueLogin`.
 */
export async function issueAccess(ctx: Context, raw: AccountIdInput): Promise<IssuedAccess> {
  const scope = requirePermission(ctx, "user:issue_login");
  const { accountId } = AccountIdInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const [customer] = await tx.db
      .select({ id: customers.id, phone: customers.phone, email: customers.email })
      .from(customers)
      .innerJoin(accounts, eq(accounts.customerId, customers.id))
      .where(eq(accounts.id, accountId));
    if (!customer) throw new DomainError("not_found", "account.not_found");
    const numbers = await tx.db
      .select({ account: accounts.number, contract: contracts.number })
      .from(accounts)
      .innerJoin(contracts, eq(contracts.id, accounts.contractId))
      .where(eq(accounts.customerId, customer.id));
    const { password, made, identifiers } = await issueLogin(tx, {
      customerId: customer.id,
      identifiers: [
        ...(customer.phone ? [{ kind: "phone" as const, value: customer.phone }] : []),
        ...(customer.email ? [{ kind: "email" as const, value: customer.email }] : []),
        ...numbers.flatMap(({ account, contract }) => [
          { kind: "account" as const, value: account },
          { kind: "contract" as const, value: contract },
        ]),
      ],
    });
    await record(tx, {
      audit: [
        {
          action: "customer.issue_access",
          entity: "customer",
          entityId: customer.id,
          accountId,
          after: { made, identifiers: [...new Set(identifiers.map((one) => one.kind))] },
        },
      ],
    });
    return { password, made, identifiers };
  });
}
