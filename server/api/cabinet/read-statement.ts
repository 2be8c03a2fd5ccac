import { readBalance } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { withSnapshot } from "@/server/platform/snapshot";
import { chooseAccount, readOwnAccounts } from "./own-accounts";
import { readOperations } from "./read-operations";

/** A page of the statement under the balance that it adds up to. */
export function readStatement(ctx: Context, input: StatementQuery) {
  return withSnapshot(ctx, (snapshot) => statementOf(snapshot, input));
}

type StatementQuery = { accountId?: string | undefined; limit: number; cursor?: string | undefined };

async function statementOf(ctx: Context, input: StatementQuery) {
  const { id, number } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
  const [page, balanceMinor] = await Promise.all([
    readOperations(ctx, { accountId: id, limit: input.limit, cursor: input.cursor }),
    readBalance(ctx, id),
  ]);
  const now = ctx.now();
  return { ...page, account: { id, number }, balanceMinor, now, today: dayIn(now, ctx.zone) };
}
