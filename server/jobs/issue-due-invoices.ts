import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { issueInvoices, listInvoiceableAccounts, readDocumentsFrom } from "@/server/domain/invoices";
import { addMonths, dayIn, monthStart } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { CHARGED_THROUGH } from "./charge-due-accounts";
import { inHalves } from "./in-halves";

const ISSUED_THROUGH = "invoices.issued_through";
const CHUNK = 2_000;

/**
 * The documents of the month that is over, once, after the day's charges are made: what is charged afterwards for a month is
 * booked on its last day. `month` asks for a month by name, whatever was issued before; issuing again adds only what is new.
 */
export async function issueDueInvoices(ctx: Context, month?: string): Promise<void> {
  const today = dayIn(ctx.now(), ctx.zone);
  const due = addMonths(monthStart(today), -1).slice(0, 7);
  if (month === undefined) {
    const [charged, issued, from] = await Promise.all([
      readMark(ctx, CHARGED_THROUGH),
      readMark(ctx, ISSUED_THROUGH),
      readDocumentsFrom(ctx),
    ]);
    if (charged === null || charged < today || (issued !== null && issued >= due)) return;
    if (from !== null && due < from) return;
  }
  const wanted = month ?? due;
  const counted = await issueMonth(ctx, wanted);
  if (month === undefined) {
    await ctx.db
      .insert(settings)
      .values({ key: ISSUED_THROUGH, value: due })
      .onConflictDoUpdate({ target: settings.key, set: { value: due } });
  }
  logger.info({ month: wanted, ...counted }, "documents issued");
}

/** A chunk a transaction; an account whose documents cannot be made is named and left. */
async function issueMonth(ctx: Context, month: string) {
  const counted = { issued: 0, skipped: 0, parked: 0 };
  let after: string | null = null;
  for (;;) {
    const accountIds: string[] = await listInvoiceableAccounts(ctx, { month, after, limit: CHUNK });
    const last = accountIds.at(-1);
    if (!last) return counted;
    const done = await inHalves(
      accountIds,
      async (chunk) => ({ ...(await issueInvoices(ctx, { month, accountIds: [...chunk] })), parked: 0 }),
      (accountId, error) => {
        logger.error({ err: error, accountId, month }, "account has no documents");
        return { issued: 0, skipped: 0, parked: 1 };
      },
    );
    for (const chunk of done) {
      counted.issued += chunk.issued;
      counted.skipped += chunk.skipped;
      counted.parked += chunk.parked;
    }
    after = last;
  }
}

async function readMark(ctx: Context, key: string): Promise<string | null> {
  const [mark] = await ctx.db.select().from(settings).where(eq(settings.key, key));
  return typeof mark?.value === "string" ? mark.value : null;
}
