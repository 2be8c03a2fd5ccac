import type { Context } from "@/server/platform/context";
import { latestEvent, subscribeToAccount } from "@/server/platform/outbox";
import { chooseAccount, readOwnAccounts } from "./own-accounts";

/** Something may carry an earlier time than the page and be committed after the page was read. */
const COMMIT_MS = 5_000;

/** What the listener knows already: the last thing it was told of, or when its page was read. */
export interface Seen {
  readonly lastEventId: string | null;
  readonly since: Date | null;
}

/**
 * That something happened to one of the subscriber's accounts, and when; what it was is read anew by whoever hears it. What
 * happened between reading the page and listening is told at once.
 */
export async function* watchChanges(
  ctx: Context,
  accountId: string | undefined,
  seen: Seen,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; at: Date }> {
  const account = chooseAccount(await readOwnAccounts(ctx), accountId);
  const coming = subscribeToAccount(ctx.db, account.id, signal);
  const first = coming.next();
  const latest = await latestEvent(ctx.db, account.id);
  if (latest && isNews(latest, seen)) yield { id: latest.id, at: latest.occurredAt };
  for (let step = await first; !step.done; step = await coming.next()) {
    yield { id: step.value.id, at: step.value.occurredAt };
  }
}

function isNews(latest: { id: string; occurredAt: Date }, { lastEventId, since }: Seen): boolean {
  if (lastEventId !== null) return latest.id !== lastEventId;
  return since !== null && latest.occurredAt.getTime() > since.getTime() - COMMIT_MS;
}
