import { eq } from "drizzle-orm";
import { accounts, addresses, contracts, customers } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { remembered } from "@/server/platform/snapshot";
import { addressLine } from "./rules/address-line";

/** Who the account belongs to and what was signed. Throws `not_found` for a foreign account too. */
export async function readAccount(ctx: Context, accountId: string) {
  const scope = requirePermission(ctx, "account:read");
  await requireAccounts(ctx, scope, [accountId]);
  const [row] = await remembered(ctx, ["crm.account", accountId], () =>
    ctx.db
      .select({ account: accounts, contract: contracts, customer: customers, address: addresses })
      .from(accounts)
      .innerJoin(contracts, eq(contracts.id, accounts.contractId))
      .innerJoin(customers, eq(customers.id, accounts.customerId))
      .leftJoin(addresses, eq(addresses.id, accounts.addressId))
      .where(eq(accounts.id, accountId)),
  );
  if (!row) throw new DomainError("not_found", "account.not_found");
  return { ...row, addressLine: row.address ? addressLine(row.address) : null };
}

/** The account of this very number; null when there is none. */
export async function findAccount(ctx: Context, number: string): Promise<{ accountId: string } | null> {
  requirePermission(ctx, "user:issue_login");
  const [row] = await ctx.db
    .select({ accountId: accounts.id })
    .from(accounts)
    .where(eq(accounts.number, number.trim()));
  return row ?? null;
}

/** The accounts of one customer, open ones first: what the cabinet's account switcher lists. */
export async function listOwnAccounts(ctx: Context, customerId: string) {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer" && scope.customerId !== customerId) {
    throw new DomainError("not_found", "account.not_found");
  }
  return ctx.db
    .select({ id: accounts.id, number: accounts.number, closedOn: accounts.closedOn, openedOn: accounts.openedOn })
    .from(accounts)
    .where(eq(accounts.customerId, customerId))
    .orderBy(accounts.closedOn, accounts.number);
}
