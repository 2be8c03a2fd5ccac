import { and, eq } from "drizzle-orm";
import { accounts, terminalPayments } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import type { TerminalPayment } from "./ports";
import type { KnownTerminal } from "./require-terminal";
import type { TerminalRequest } from "./rules/terminal-request";

/** Done, by a terminal's own number of the payment; `repeated`: it was done before. */
export interface TerminalDone {
  readonly payment: TerminalPayment | null;
  readonly repeated: boolean;
}

/** `check`: whether money for the account would be taken. Says nothing else of it: whoever stands at the machine may be anybody. */
export async function readTerminalAccount(
  ctx: Context,
  _terminal: KnownTerminal,
  { accountNumber }: TerminalRequest,
): Promise<TerminalDone> {
  requirePermission(ctx, "terminal:serve");
  await findPayable(ctx, accountNumber);
  return { payment: null, repeated: false };
}

/** `status`: the payment that stands under the terminal's id. Throws as `cancel` does when there is none, or none any more. */
export async function readTerminalPayment(
  ctx: Context,
  terminal: KnownTerminal,
  request: TerminalRequest,
): Promise<TerminalDone> {
  requirePermission(ctx, "terminal:serve");
  const found = await findTerminalPayment(ctx, terminal, request.txnId);
  if (!found) throw new DomainError("not_found", "terminal.payment_not_found");
  requireSame(found, request);
  if (found.reversedAt) throw new DomainError("conflict", "terminal.payment_reversed");
  return { payment: found, repeated: false };
}

/** Throws `terminal.account_not_found`, or `terminal.account_inactive` when nothing is served there any more. */
export async function findPayable(ctx: Context, accountNumber: string | null): Promise<string> {
  const [account] = await ctx.db
    .select({ id: accounts.id, closedOn: accounts.closedOn })
    .from(accounts)
    .where(eq(accounts.number, accountNumber ?? ""));
  if (!account) throw new DomainError("not_found", "terminal.account_not_found");
  if (account.closedOn !== null && account.closedOn <= dayIn(ctx.now(), ctx.zone))
    throw new DomainError("precondition", "terminal.account_inactive");
  return account.id;
}

export type FoundPayment = Awaited<ReturnType<typeof findTerminalPayment>>;

/** What stands under a terminal's own id; null when nothing does. `hold` keeps it from others until the transaction ends. */
export async function findTerminalPayment(ctx: Context, { id }: KnownTerminal, txnId: string | null, hold = false) {
  const query = ctx.db
    .select({
      accountId: terminalPayments.accountId,
      accountNumber: accounts.number,
      paymentId: terminalPayments.paymentId,
      number: terminalPayments.number,
      amountMinor: terminalPayments.amountMinor,
      receivedAt: terminalPayments.receivedAt,
      reversedAt: terminalPayments.reversedAt,
    })
    .from(terminalPayments)
    .innerJoin(accounts, eq(accounts.id, terminalPayments.accountId))
    .where(and(eq(terminalPayments.terminalId, id), eq(terminalPayments.txnId, txnId ?? "")));
  const [row] = await (hold ? query.for("update", { of: terminalPayments }) : query);
  return row ?? null;
}

/** Throws `terminal.conflict` when the same id is told of another account or sum. What is not told does not differ. */
export function requireSame(
  found: { readonly accountNumber: string; readonly amountMinor: bigint },
  { accountNumber, amountMinor }: Pick<TerminalRequest, "accountNumber" | "amountMinor">,
): void {
  const same =
    (accountNumber === null || accountNumber === found.accountNumber) &&
    (amountMinor === null || amountMinor === found.amountMinor);
  if (!same) throw new DomainError("conflict", "terminal.conflict");
}
