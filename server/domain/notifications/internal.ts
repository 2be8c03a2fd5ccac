import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { accounts, dunningSteps, messageTemplates, settings } from "@/db/schema";
import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import type { JobRequest } from "@/server/platform/queue";
import { anyOf, rowsOf } from "@/server/platform/rows";
import {
  type Audience,
  type Channel,
  MESSAGE_LOCALES,
  QUIET_HOURS,
  QUIET_HOURS_SETTING,
  type ReminderEvent,
} from "./constants";
import { templateNotFound } from "./errors";
import type { NotifierPort } from "./ports";
import { type Step, saidKey } from "./rules/due-steps";
import { eventOfTemplate } from "./rules/message-values";
import type { QuietHours } from "./rules/quiet-hours";
import { type TemplateText, withStandardSteps, withStandardTexts } from "./rules/standard-ladder";

/** A verb that speaks to subscribers. */
export type NotifierContext = Context & { readonly ports: { readonly notifier: NotifierPort } };

/** Every step there is, on or off, in the order of a reader: those of the product that nobody has touched, too. */
export async function readSteps(ctx: Context): Promise<Step[]> {
  const rows = await ctx.db
    .select()
    .from(dunningSteps)
    .orderBy(asc(dunningSteps.event), asc(dunningSteps.offsetDays), asc(dunningSteps.channel), asc(dunningSteps.id));
  return withStandardSteps(
    rows.map((row) => ({
      id: row.id,
      event: row.event as ReminderEvent,
      offsetDays: row.offsetDays,
      audience: row.audience as Audience,
      channel: row.channel as Channel,
      templateCode: row.templateCode,
      isOn: row.isOn,
    })),
  );
}

const StoredHours = z.object({ from: z.string(), to: z.string() });

export async function readQuietHours(ctx: Context): Promise<QuietHours> {
  const [row] = await ctx.db.select().from(settings).where(eq(settings.key, QUIET_HOURS_SETTING));
  const stored = StoredHours.safeParse(row?.value);
  return stored.success ? stored.data : QUIET_HOURS;
}

/**
 * One queue for everything said, so that a slow mail server holds one worker at the most and never the money; keyed, so that
 * asking twice is asking once.
 */
export function sendJob(accountId: string, messageId: string, runAt: Date): JobRequest {
  return {
    task: "send_message",
    payload: { accountId, messageId },
    key: `send_message:${messageId}`,
    queue: "messages",
    priority: 20,
    runAt,
  };
}

/** What the log of accounts holds, as the rule asks for it. */
export async function readSaid(ctx: Context, accountIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const said = new Map<string, Set<string>>();
  if (accountIds.length === 0) return said;
  const rows = await rowsOf<{ account_id: string; step_id: string; occasion_on: Day }>(
    ctx,
    sql`select account_id, step_id, occasion_on from messages where account_id = ${anyOf(accountIds, "uuid")}`,
  );
  for (const row of rows) {
    const keys = said.get(row.account_id) ?? new Set();
    said.set(row.account_id, keys.add(saidKey(row.step_id, row.occasion_on)));
  }
  return said;
}

/** Throws `not_found` (`template.not_found`) unless the text is there in every language, for this event. */
export async function requireTemplate(tx: Context, code: string, event: ReminderEvent): Promise<void> {
  const texts = await readTexts(tx, code);
  if (texts.length < MESSAGE_LOCALES.length || eventOfTemplate(code) !== event) throw templateNotFound();
}

/** A text in its languages: as the operator has rewritten it, else as it came with the product. */
export async function readTexts(ctx: Context, code: string): Promise<TemplateText[]> {
  const rows = await ctx.db.select().from(messageTemplates).where(eq(messageTemplates.code, code));
  return withStandardTexts(rows).filter((text) => text.code === code);
}

export async function readCustomerId(tx: Context, accountId: string): Promise<string> {
  const [row] = await tx.db.select({ id: accounts.customerId }).from(accounts).where(eq(accounts.id, accountId));
  if (!row) throw new DomainError("not_found", "account.not_found");
  return row.id;
}

/** How many days before and after an event a ladder reaches. */
export function farthestSteps(steps: readonly Step[]): { readonly before: number; readonly after: number } {
  const offsets = steps.map((step) => step.offsetDays);
  return { before: Math.max(0, ...offsets.map((offset) => -offset)), after: Math.max(0, ...offsets) };
}
