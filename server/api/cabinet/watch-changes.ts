import type { Context } from "@/server/platform/context";
import { subscribeToAccount } from "@/server/platform/outbox";
import { chooseAccount, readOwnAccounts } from "./own-accounts";

/** That something happened to one of the subscriber's accounts, and when; what it was is read anew by whoever hears it. */
export async function* watchChanges(
  ctx: Context,
  accountId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; at: Date }> {
  const account = chooseAccount(await readOwnAccounts(ctx), accountId);
  for await (const event of subscribeToAccount(ctx.db, account.id, signal))
    yield { id: event.id, at: event.occurredAt };
}
