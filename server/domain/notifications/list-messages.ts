import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { requirePermission } from "@/server/domain/identity";
import { addDays, type Day, startOfDay, toDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { Channel, DropReason, Failure, MessageState, ReminderEvent } from "./constants";
import type { ChannelPort } from "./ports";
import { ListMessagesInput } from "./schema";

export interface LoggedMessage {
  readonly messageId: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly event: ReminderEvent;
  readonly offsetDays: number;
  readonly occasionOn: Day;
  readonly channel: Channel;
  readonly state: MessageState;
  readonly reason: DropReason | Failure | null;
  readonly carrier: ChannelPort["carrier"] | null;
  /** Masked. */
  readonly recipient: string | null;
  readonly subject: string | null;
  readonly body: string | null;
  readonly attempts: number;
  readonly plannedFor: Date;
  readonly finishedAt: Date | null;
  readonly createdAt: Date;
}

export interface MessagePage {
  readonly messages: readonly LoggedMessage[];
  /** Where the next page starts; null on the last. */
  readonly after: string | null;
}

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** The log, newest first, a page at a time. Throws `invalid` (`page.malformed`) for a place that no page told of. */
export async function listMessages(ctx: Context, raw: ListMessagesInput): Promise<MessagePage> {
  requirePermission(ctx, "reminder:read");
  const input = ListMessagesInput.parse(raw);
  const rows = await rowsOf<Record<string, string | number | null>>(
    ctx,
    sql`
    select m.id, m.account_id, a.number, c.name, m.event, s.offset_days, m.occasion_on, m.channel, m.state, m.reason, m.carrier,
           m.recipient, m.subject, m.body, m.attempts, m.planned_for, m.finished_at, m.created_at
    from messages m
    join accounts a on a.id = m.account_id join customers c on c.id = a.customer_id
    join dunning_steps s on s.id = m.step_id
    where ${sql.join(conditions(ctx, input), sql` and `)}
    order by m.created_at desc, m.id desc limit ${input.limit + 1}`,
  );
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    messages: shown.map(logged),
    after: rows.length > shown.length && last ? `${new Date(String(last.created_at)).toISOString()}~${last.id}` : null,
  };
}

function conditions(ctx: Context, input: z.output<typeof ListMessagesInput>): SQL[] {
  const start = (day: string, shift = 0) =>
    sql`${startOfDay(addDays(toDay(day), shift), ctx.zone).toISOString()}::timestamptz`;
  const given: SQL[] = [sql`true`];
  if (input.accountId) given.push(sql`m.account_id = ${input.accountId}`);
  if (input.accountNumber) given.push(sql`a.number = ${input.accountNumber}`);
  if (input.state) given.push(sql`m.state = ${input.state}`);
  if (input.channel) given.push(sql`m.channel = ${input.channel}`);
  if (input.event) given.push(sql`m.event = ${input.event}`);
  if (input.from) given.push(sql`m.created_at >= ${start(input.from)}`);
  if (input.to) given.push(sql`m.created_at < ${start(input.to, 1)}`);
  if (input.after !== undefined) {
    const cursor = Cursor.safeParse(input.after.split("~"));
    if (!cursor.success) throw new DomainError("invalid", "page.malformed");
    given.push(sql`(m.created_at, m.id) < (${cursor.data[0]}::timestamptz, ${cursor.data[1]}::uuid)`);
  }
  return given;
}

function logged(row: Record<string, string | number | null>): LoggedMessage {
  const at = (value: string | number | null | undefined) => (value ? new Date(String(value)) : null);
  const text = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : String(value);
  return {
    messageId: String(row.id),
    accountId: String(row.account_id),
    accountNumber: String(row.number),
    customerName: String(row.name),
    event: row.event as ReminderEvent,
    offsetDays: Number(row.offset_days),
    occasionOn: row.occasion_on as Day,
    channel: row.channel as Channel,
    state: row.state as MessageState,
    reason: row.reason as DropReason | Failure | null,
    carrier: row.carrier as ChannelPort["carrier"] | null,
    recipient: text(row.recipient),
    subject: text(row.subject),
    body: text(row.body),
    attempts: Number(row.attempts),
    plannedFor: new Date(String(row.planned_for)),
    finishedAt: at(row.finished_at),
    createdAt: new Date(String(row.created_at)),
  };
}
