import { eq } from "drizzle-orm";
import { accounts, contracts, customers } from "@/db/schema";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";

/** What the receipt and the provider's page say of an account: its number, and where a receipt may go. */
export async function readPayer(ctx: Context, accountId: string) {
  const [row] = await ctx.db
    .select({
      accountNumber: accounts.number,
      contractNumber: contracts.number,
      email: customers.email,
      phone: customers.phone,
    })
    .from(accounts)
    .innerJoin(contracts, eq(contracts.id, accounts.contractId))
    .innerJoin(customers, eq(customers.id, accounts.customerId))
    .where(eq(accounts.id, accountId));
  if (!row) throw new DomainError("not_found", "account.not_found");
  return row;
}
