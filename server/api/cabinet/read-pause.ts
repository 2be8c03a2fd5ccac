import { readSuspension } from "@/server/domain/subscriptions";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { chooseAccount, readOwnAccounts } from "./own-accounts";

/** The pause of one of the subscriber's accounts. */
export async function readPause(ctx: Context, input: { accountId?: string | undefined }) {
  const { id, number } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
  const now = ctx.now();
  return {
    account: { id, number },
    now,
    today: dayIn(now, ctx.zone),
    suspension: await readSuspension(ctx, id),
  };
}
