import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { CHANGE_EVENTS, listOpenAccounts, planMessages } from "@/server/domain/notifications";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { CHARGED_THROUGH } from "./charge-due-accounts";
import { inHalves } from "./in-halves";

const PLANNED_THROUGH = "notifications.planned_through";
const CHUNK = 2_000;

/**
 * The day's reminders: once a day, after the day has been charged, so that nobody is told of a debt that charging was about
 * to settle. A plan that was cut off starts over and finds what it has planned. A step that is switched on in the middle of a
 * day begins the next one.
 */
export async function planReminders(ctx: Context): Promise<void> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [charged, planned] = await Promise.all([readMark(ctx, CHARGED_THROUGH), readMark(ctx, PLANNED_THROUGH)]);
  if (charged === null || charged < today || (planned !== null && planned >= today)) return;
  let after: string | null = null;
  let [accounts, count] = [0, 0];
  for (;;) {
    const accountIds: string[] = await listOpenAccounts(ctx, after, CHUNK);
    const last = accountIds.at(-1);
    if (!last) break;
    accounts += accountIds.length;
    for (const { planned: more } of await planApart(ctx, accountIds)) count += more;
    after = last;
  }
  await ctx.db
    .insert(settings)
    .values({ key: PLANNED_THROUGH, value: today })
    .onConflictDoUpdate({ target: settings.key, set: { value: today } });
  logger.info({ day: today, accounts, planned: count }, "reminders planned");
}

/**
 * News of changes of tariff, as soon as they happen. Of nothing else: what an account owes is planned for after the day has
 * been charged.
 */
export async function planChangeNews(ctx: Context, accountIds: readonly string[]): Promise<void> {
  await planApart(ctx, accountIds, CHANGE_EVENTS);
}

/** One broken account must not keep the others from being told. */
function planApart(
  ctx: Context,
  accountIds: readonly string[],
  events?: typeof CHANGE_EVENTS,
): Promise<{ planned: number }[]> {
  return inHalves(
    accountIds,
    (chunk) => planMessages(ctx, { accountIds: [...chunk], events: events && [...events] }),
    (accountId, error) => {
      logger.error({ err: error, accountId }, "reminders of an account cannot be planned");
      return { planned: 0 };
    },
  );
}

async function readMark(ctx: Context, key: string): Promise<string | null> {
  const [mark] = await ctx.db.select().from(settings).where(eq(settings.key, key));
  return typeof mark?.value === "string" ? mark.value : null;
}
