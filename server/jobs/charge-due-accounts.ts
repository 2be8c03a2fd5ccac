import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { type BilledAccounts, listDueAccounts } from "@/server/domain/runs";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { inHalves } from "./in-halves";
import { settleAccounts } from "./settle-accounts";

/** Setting: the last day whose charges are all made. */
export const CHARGED_THROUGH = "billing.charged_through";
const CHUNK = 2_000;

/**
 * The daily charge: once a day, after the operator's midnight, every open account is settled in chunks. A run that was cut
 * off starts over and finds what it has already charged. The day is marked done only when all chunks are.
 */
export async function chargeDueAccounts(ctx: Context): Promise<void> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [mark] = await ctx.db.select().from(settings).where(eq(settings.key, CHARGED_THROUGH));
  if (typeof mark?.value === "string" && mark.value >= today) return;
  let after: string | null = null;
  let [charged, refused, parked] = [0, 0, 0];
  for (;;) {
    const accountIds: string[] = await listDueAccounts(ctx, after, CHUNK);
    const last = accountIds.at(-1);
    if (!last) break;
    for (const billed of await settleApart(ctx, accountIds)) {
      charged += billed.charged;
      refused += billed.refused;
      parked += billed.parked.length;
      for (const account of billed.parked) {
        logger.error({ accountId: account.accountId, reason: account.reason }, "account parked");
      }
    }
    after = last;
  }
  await ctx.db
    .insert(settings)
    .values({ key: CHARGED_THROUGH, value: today })
    .onConflictDoUpdate({ target: settings.key, set: { value: today } });
  logger.info({ day: today, charged, refused, parked }, "day charged");
}

type Settled = Pick<BilledAccounts, "charged" | "refused" | "parked">;

/** One broken account must not keep the others from being charged. */
function settleApart(ctx: Context, accountIds: readonly string[]): Promise<Settled[]> {
  return inHalves<Settled>(
    accountIds,
    (chunk) => settleAccounts(ctx, chunk, "turned"),
    (accountId, error) => {
      logger.error({ err: error, accountId }, "account cannot be settled");
      return { charged: 0, refused: 0, parked: [{ accountId, reason: "settle.failed" }] };
    },
  );
}
