import { asc, eq, sql } from "drizzle-orm";
import { accountBalances, accounts, contracts } from "@/db/schema";
import { hasLogin, may, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import type { AccountState, CustomerKind } from "./constants";
import { readAccountState } from "./list-accounts";
import { readAccount } from "./read-account";
import { maskEmail, maskPhone } from "./rules/mask-contact";

export interface SiblingAccount {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly signedOn: Day;
  readonly terminatedOn: Day | null;
  readonly closedOn: Day | null;
  readonly balanceMinor: Minor;
}

export interface Subscriber {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly signedOn: Day;
  readonly customerId: string;
  readonly name: string;
  readonly kind: CustomerKind;
  readonly inn: string | null;
  readonly address: string | null;
  readonly state: AccountState;
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  readonly anchorDay: number;
  readonly creditLimitMinor: Minor;
  /** Masked for everybody; whole through `revealContacts` alone, which leaves a trace. */
  readonly phoneMasked: string | null;
  readonly emailMasked: string | null;
  readonly mayReveal: boolean;
  /** Whether this customer can sign in to the cabinet. */
  readonly hasLogin: boolean;
  readonly mayIssueLogin: boolean;
  /** Every account of this customer, this one among them. */
  readonly accounts: readonly SiblingAccount[];
}

/** The person behind an account, as staff see them: contacts masked, all their contracts and accounts beside. */
export async function readSubscriber(ctx: Context, accountId: string): Promise<Subscriber> {
  requirePermission(ctx, "customer:search");
  const { account, contract, customer, addressLine } = await readAccount(ctx, accountId);
  const [state, siblings, signsIn] = await Promise.all([
    readAccountState(ctx, accountId),
    accountsOf(ctx, customer.id),
    hasLogin(ctx, customer.id),
  ]);
  return {
    accountId,
    accountNumber: account.number,
    contractNumber: contract.number,
    signedOn: contract.signedOn,
    customerId: customer.id,
    name: customer.name,
    kind: customer.kind as CustomerKind,
    inn: customer.inn,
    address: addressLine,
    state,
    openedOn: account.openedOn,
    closedOn: account.closedOn,
    anchorDay: account.anchorDay,
    creditLimitMinor: account.creditLimitMinor,
    phoneMasked: customer.phone && maskPhone(customer.phone),
    emailMasked: customer.email && maskEmail(customer.email),
    mayReveal: may(ctx.actor, "customer:reveal"),
    hasLogin: signsIn,
    mayIssueLogin: may(ctx.actor, "user:issue_login"),
    accounts: siblings,
  };
}

async function accountsOf(ctx: Context, customerId: string): Promise<SiblingAccount[]> {
  return ctx.db
    .select({
      accountId: accounts.id,
      accountNumber: accounts.number,
      contractNumber: contracts.number,
      signedOn: contracts.signedOn,
      terminatedOn: contracts.terminatedOn,
      closedOn: accounts.closedOn,
      balanceMinor: sql<bigint>`coalesce(${accountBalances.balanceMinor}, 0)`.mapWith(BigInt),
    })
    .from(accounts)
    .innerJoin(contracts, eq(contracts.id, accounts.contractId))
    .leftJoin(accountBalances, eq(accountBalances.accountId, accounts.id))
    .where(eq(accounts.customerId, customerId))
    .orderBy(asc(contracts.signedOn), asc(accounts.number));
}
