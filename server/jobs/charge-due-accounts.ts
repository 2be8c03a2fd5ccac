import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { type BilledAccounts, listDueAccounts } from "@/server/domain/runs";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { sqlState } from "@/server/platform/transaction";
import { settleAccounts } from "./settle-accounts";

/** The last day that was charged whole. */
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

/**
 * Settles a chunk; when it fails for a reason nobody foresaw, its halves, down to the one account that cannot be settled,
 * which is parked. One broken account must not keep the others from being charged. A database that is away fails them all,
 * so a lost connection ends the run, to be tried again.
 */
async function settleApart(ctx: Context, accountIds: readonly string[]): Promise<Settled[]> {
  try {
    return [await settleAccounts(ctx, accountIds, "turned")];
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    const [only] = accountIds;
    if (accountIds.length === 1 && only) {
      logger.error({ err: error, accountId: only }, "account cannot be settled");
      return [{ charged: 0, refused: 0, parked: [{ accountId: only, reason: "settle.failed" }] }];
    }
    const half = Math.ceil(accountIds.length / 2);
    const first = await settleApart(ctx, accountIds.slice(0, half));
    return [...first, ...(await settleApart(ctx, accountIds.slice(half)))];
  }
}

/** SQLSTATE classes 08 (connection), 53 (resources) and 57 (shutdown), and the driver's own words for a lost connection. */
function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error);
  return state === ""
    ? String((error as { code?: unknown }).code ?? "").startsWith("CONNECTION")
    : /^(08|53|57)/.test(state);
}
