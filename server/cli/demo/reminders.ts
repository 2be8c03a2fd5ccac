import { join } from "node:path";
import { sql } from "drizzle-orm";
import { dataDir } from "@/server/data-dir";
import {
  addException,
  changeStep,
  MAX_PLANNED_ACCOUNTS,
  type NotifierContext,
  planMessages,
  readLadder,
  sendMessage,
} from "@/server/domain/notifications";
import { env } from "@/server/env";
import { createFileChannel } from "@/server/integrations/message-file";
import { addDays, type Day } from "@/server/kernel/day";
import { chunksOf } from "@/server/platform/chunks";
import { rowsOf } from "@/server/platform/rows";
import type { Town } from "./town";

/** Reminders began so many days ago: enough for a log to look at. */
const LIVED_DAYS = 14;

const isLived = (town: Town, day: Day) => day > addDays(town.today, -LIVED_DAYS);

/** Whatever is configured, the people of the demo are nobody: what they are told is written to files. */
function speaking(town: Town): NotifierContext {
  const file = (channel: string) => createFileChannel(join(dataDir(), "messages"), channel, town.ctx.now);
  const channels = { email: file("email"), sms: file("sms"), messenger: file("messenger") };
  return { ...town.ctx, ports: { notifier: { channels, payUrl: `${env.UZEL_PUBLIC_URL}/my/pay` } } };
}

/** At night: the day's reminders are planned. On the first of these days the ladder is switched on. */
export async function planReminders(town: Town, day: Day): Promise<void> {
  if (!isLived(town, day)) return;
  if (!isLived(town, addDays(day, -1))) await begin(town);
  const accountIds = [...town.homes.values()].filter((home) => !home.gone).map((home) => home.accountId);
  for (const chunk of chunksOf(accountIds, MAX_PLANNED_ACCOUNTS)) await planMessages(town.ctx, { accountIds: chunk });
}

async function begin(town: Town): Promise<void> {
  const { steps } = await readLadder(speaking(town));
  for (const { id, event: _event, sentInMonth: _sent, ...step } of steps) {
    await changeStep(town.ctx, { ...step, stepId: id, isOn: true });
  }
  const companies = [...town.homes.values()].filter((home) => home.plan.kind === "company" && !home.gone);
  const [office, shop] = companies;
  if (office) {
    const note = "Оплата из бюджета, до 20-го числа";
    const untilOn = addDays(town.today, 45);
    await addException(town.ctx, { accountId: office.accountId, reason: "public_body", note, untilOn });
  }
  if (shop) {
    const note = "Спорят о сумме за октябрь, обращение у старшего смены";
    const untilOn = addDays(town.today, 12);
    await addException(town.ctx, { accountId: shop.accountId, reason: "dispute", note, untilOn });
  }
}

/** In the morning: what has its hour goes out. */
export async function sendReminders(town: Town, day: Day): Promise<void> {
  if (!isLived(town, day)) return;
  const waiting = await rowsOf<{ account_id: string; id: string }>(
    town.ctx,
    sql`select account_id, id from messages
        where state = 'planned' and planned_for <= ${town.ctx.now().toISOString()}::timestamptz order by account_id, id`,
  );
  const ctx = speaking(town);
  for (const row of waiting) await sendMessage(ctx, { accountId: row.account_id, messageId: row.id });
}
