import { listOwnAccounts } from "@/server/domain/crm";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";

export interface OwnAccount {
  readonly id: string;
  readonly number: string;
  readonly closedOn: Day | null;
}

/** The signed-in subscriber's accounts, open ones first. Throws `forbidden` for whoever is not a subscriber. */
export async function readOwnAccounts(ctx: Context): Promise<OwnAccount[]> {
  const customerId = ctx.actor.kind === "user" ? ctx.actor.customerId : null;
  if (customerId === null) throw new DomainError("forbidden", "access.forbidden");
  const rows = await listOwnAccounts(ctx, customerId);
  const today = dayIn(ctx.now(), ctx.zone);
  const isOpen = (row: { closedOn: Day | null }) => row.closedOn === null || row.closedOn > today;
  const accounts = rows.map(({ id, number, closedOn }) => ({ id, number, closedOn }));
  return [...accounts.filter(isOpen), ...accounts.filter((row) => !isOpen(row))];
}

/** The account asked for, else the first. Throws `not_found` for a foreign or missing one, and when there is none. */
export function chooseAccount(accounts: readonly OwnAccount[], accountId: string | undefined): OwnAccount {
  const chosen = accountId === undefined ? accounts[0] : accounts.find((account) => account.id === accountId);
  if (!chosen) throw new DomainError("not_found", "account.not_found");
  return chosen;
}
