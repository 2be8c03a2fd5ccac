import { terminalRequests } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { actorAddress, type Context } from "@/server/platform/context";
import type { TerminalOutcome } from "./constants";
import type { TerminalRequest } from "./rules/terminal-request";

/** Writes down what a terminal asked and was answered: what staff look at when a payer stands at the machine. */
export async function recordTerminalRequest(
  ctx: Context,
  terminalId: string,
  asked: Partial<TerminalRequest> & { readonly outcome: TerminalOutcome; readonly repeated?: boolean },
): Promise<void> {
  requirePermission(ctx, "terminal:serve");
  await ctx.db.insert(terminalRequests).values({
    id: ctx.newId(),
    terminalId,
    command: asked.command,
    txnId: asked.txnId,
    accountNumber: asked.accountNumber,
    amountMinor: asked.amountMinor,
    outcome: asked.outcome,
    repeated: asked.repeated ?? false,
    address: actorAddress(ctx.actor),
    askedAt: ctx.now(),
  });
}
