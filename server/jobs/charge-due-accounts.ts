import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { type BilledAccounts, listDueAccounts } from "@/server/domain/runs";
import { addDays, addMonths, type Day, dayIn, laterDay, monthStart, toDay } from "@/server/kernel/day";
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
 *
 * After days on which nothing was charged, what their months still owe is charged first, month by month, as a run charges it:
 * the day alone would ask for nothing of a period that is over. A month whose book is closed is left to people.
 */
export async function chargeDueAccounts(ctx: Context): Promise<void> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [mark] = await ctx.db.select().from(settings).where(eq(settings.key, CHARGED_THROUGH));
  const charged = typeof mark?.value === "string" ? toDay(mark.value) : null;
  if (charged !== null && charged >= today) return;
  for (const month of charged === null ? [] : missedMonths(charged, today)) {
    logger.warn({ month, ...(await chargeEveryone(ctx, month)) }, "days without a charge: month made up for");
  }
  const counted = await chargeEveryone(ctx);
  await ctx.db
    .insert(settings)
    .values({ key: CHARGED_THROUGH, value: today })
    .onConflictDoUpdate({ target: settings.key, set: { value: today } });
  logger.info({ day: today, ...counted }, "day charged");
}

/** Months that hold a day after `charged` and before `today`, earliest first. */
function missedMonths(charged: Day, today: Day): string[] {
  const months: string[] = [];
  for (let month = monthStart(addDays(charged, 1)); month < today; month = addMonths(month, 1))
    if (laterDay(month, addDays(charged, 1)) < today) months.push(month.slice(0, 7));
  return months;
}

async function chargeEveryone(ctx: Context, month?: string) {
  let after: string | null = null;
  let [charged, refused, parked] = [0, 0, 0];
  for (;;) {
    const accountIds: string[] = await listDueAccounts(ctx, { after, limit: CHUNK, month });
    const last = accountIds.at(-1);
    if (!last) return { charged, refused, parked };
    for (const billed of await settleApart(ctx, accountIds, month)) {
      charged += billed.charged;
      refused += billed.refused;
      parked += billed.parked.length;
      for (const account of billed.parked) {
        logger.error({ accountId: account.accountId, reason: account.reason }, "account parked");
      }
    }
    after = last;
  }
}

type Settled = Pick<BilledAccounts, "charged" | "refused" | "parked">;

/** One broken account must not keep the others from being charged. */
function settleApart(ctx: Context, accountIds: readonly string[], month: string | undefined): Promise<Settled[]> {
  return inHalves<Settled>(
    accountIds,
    (chunk) => settleAccounts(ctx, chunk, "turned", month),
    (accountId, error) => {
      logger.error({ err: error, accountId }, "account cannot be settled");
      return { charged: 0, refused: 0, parked: [{ accountId, reason: "settle.failed" }] };
    },
  );
}
