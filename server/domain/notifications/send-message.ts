import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { type Outcome, record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { Channel, DropReason, Failure, MessageState, ReminderEvent } from "./constants";
import { messageNotFound } from "./errors";
import { type NotifierContext, readQuietHours, readSteps, sendJob } from "./internal";
import { type AccountFacts, loadFacts } from "./load-facts";
import { loadText } from "./load-text";
import type { Delivery, DeliveryOutcome } from "./ports";
import { type Occasion, verdict } from "./rules/due-steps";
import { recipientOf } from "./rules/message-values";
import { afterQuietHours } from "./rules/quiet-hours";
import { retryDelayMs } from "./rules/retry";
import { MessageInput } from "./schema";

export interface SentMessage {
  readonly state: MessageState;
  readonly reason: DropReason | Failure | null;
}

/**
 * Sends one planned message, or does not: money came, an exception was made, the channel was switched off, the night began.
 * All of that is looked at again under the message's lock, the text is made of what is true now, and only then, outside any
 * transaction, is the far side asked. A try that was cut off in between leaves the message `unknown`: it may have arrived, and
 * being told twice is worse than being asked to look. Safe to repeat.
 */
export async function sendMessage(ctx: NotifierContext, raw: MessageInput): Promise<SentMessage> {
  requirePermission(ctx, "reminder:send");
  const input = MessageInput.parse(raw);
  const claim = await withTransaction(ctx, async (tx) => {
    const claimed = await claimMessage(tx, input);
    await record(tx, claimed.outcome);
    return claimed;
  });
  if (!claim.delivery) return claim.result;
  const { delivery, ...tried } = claim.delivery;
  const answer = await ctx.ports.notifier.channels[tried.channel].deliver(delivery);
  return withTransaction(ctx, async (tx) => {
    const written = await writeAnswer(tx, { ...input, ...tried }, answer);
    await record(tx, written.outcome);
    return written.result;
  });
}

interface MessageRow extends Record<string, unknown> {
  step_id: string;
  event: ReminderEvent;
  occasion_on: Day;
  channel: Channel;
  template_code: string;
  state: MessageState;
  planned_for: string;
  attempts: number;
}

interface Claim {
  readonly result: SentMessage;
  readonly outcome: Outcome;
  readonly delivery: ({ readonly delivery: Delivery } & Try) | null;
}

/** Which try it is: one that answers late must not speak for another. */
interface Try {
  readonly channel: Channel;
  readonly attempts: number;
  readonly startedAt: Date;
}

/** Under the message's lock: what should become of it now. */
async function claimMessage(tx: NotifierContext, { accountId, messageId }: MessageInput): Promise<Claim> {
  const [row] = await rowsOf<MessageRow>(
    tx,
    sql`select step_id, event, occasion_on, channel, template_code, state, planned_for, attempts from messages
        where account_id = ${accountId} and id = ${messageId} for update`,
  );
  if (!row) throw messageNotFound();
  const key = { accountId, messageId };
  const settle = async (state: MessageState, reason: DropReason | Failure): Promise<Claim> => {
    await finish(tx, key, state, reason);
    return { result: { state, reason }, outcome: told(key, row.channel, state, reason), delivery: null };
  };
  if (row.state === "sending") return settle("unknown", "interrupted");
  if (row.state !== "planned") return { result: { state: row.state, reason: null }, outcome: {}, delivery: null };

  const [ladder, hours] = await Promise.all([readSteps(tx), readQuietHours(tx)]);
  const now = tx.now();
  const plannedFor = new Date(row.planned_for);
  const earliest = afterQuietHours(plannedFor > now ? plannedFor : now, hours, tx.zone);
  if (earliest > now) return waitUntil(tx, key, earliest);

  const step = ladder.find((one) => one.id === row.step_id);
  const facts = (await loadFacts(tx, [accountId], ladder)).get(accountId);
  if (!step || !facts) return settle("dropped", facts ? "step_off" : "over");
  const today = dayIn(now, tx.zone);
  const drop = verdict(facts, step, row.occasion_on, ladder, today);
  const occasion = facts.occasions.find((one) => one.event === row.event && one.on === row.occasion_on);
  if (drop || !occasion) return settle("dropped", drop ?? "over");
  if (!recipientOf(facts, row.channel)) return settle("failed", "no_address");
  return prepare(tx, { accountId, messageId }, row, facts, occasion);
}

/** Makes the text and marks the try begun: from here on the message may be out in the world. */
async function prepare(
  tx: NotifierContext,
  { accountId, messageId }: MessageInput,
  { channel, template_code: code, attempts: before }: MessageRow,
  facts: AccountFacts,
  occasion: Occasion,
): Promise<Claim> {
  const { channels, payUrl } = tx.ports.notifier;
  const to = recipientOf(facts, channel);
  const { subject, text } = await loadText(tx, { code, channel, addressee: facts, occasion, payUrl });
  const begun = { channel, attempts: before + 1, startedAt: tx.now() };
  await tx.db.execute(sql`
    update messages set state = 'sending', attempts = ${begun.attempts}, started_at = ${begun.startedAt.toISOString()}::timestamptz,
      carrier = ${channels[channel].carrier}, recipient = ${to?.masked ?? null}, subject = ${subject}, body = ${text},
      balance_version = ${facts.balanceVersion.toString()}::bigint
    where account_id = ${accountId} and id = ${messageId}`);
  return {
    result: { state: "sending", reason: null },
    outcome: {},
    delivery: { delivery: { key: messageId, to: to?.address ?? "", subject, text }, ...begun },
  };
}

async function waitUntil(tx: Context, key: MessageInput, at: Date): Promise<Claim> {
  await tx.db.execute(sql`
    update messages set planned_for = ${at.toISOString()}::timestamptz
    where account_id = ${key.accountId} and id = ${key.messageId}`);
  return {
    result: { state: "planned", reason: null },
    outcome: { jobs: [sendJob(key.accountId, key.messageId, at)] },
    delivery: null,
  };
}

type Tried = MessageInput & Try;

/**
 * Writes what the far side answered, of the try that asked it. A try taken for dead in the meantime may still tell how it
 * ended, so `unknown` gives way to an answer.
 */
async function writeAnswer(
  tx: Context,
  tried: Tried,
  { kind, reason }: DeliveryOutcome,
): Promise<{ result: SentMessage; outcome: Outcome }> {
  const [row] = await rowsOf<{ state: MessageState; started_at: string; attempts: number }>(
    tx,
    sql`select state, started_at, attempts from messages
        where account_id = ${tried.accountId} and id = ${tried.messageId} for update`,
  );
  const open = row?.state === "sending" || row?.state === "unknown";
  const mine = row?.attempts === tried.attempts && new Date(row.started_at).getTime() === tried.startedAt.getTime();
  if (!row || !open || !mine) return { result: { state: row?.state ?? "unknown", reason: null }, outcome: {} };
  const pauseMs = kind === "again" ? retryDelayMs(tried.attempts) : null;
  if (kind === "again" && pauseMs !== null) {
    const at = afterQuietHours(new Date(tx.now().getTime() + pauseMs), await readQuietHours(tx), tx.zone);
    await tx.db.execute(sql`
      update messages set state = 'planned', reason = ${reason}, planned_for = ${at.toISOString()}::timestamptz
      where account_id = ${tried.accountId} and id = ${tried.messageId}`);
    return {
      result: { state: "planned", reason },
      outcome: { jobs: [sendJob(tried.accountId, tried.messageId, at)] },
    };
  }
  const state = kind === "sent" ? "sent" : kind === "unknown" ? "unknown" : "failed";
  await finish(tx, tried, state, reason);
  return { result: { state, reason }, outcome: told(tried, tried.channel, state, reason) };
}

async function finish(
  tx: Context,
  { accountId, messageId }: MessageInput,
  state: MessageState,
  reason: DropReason | Failure | null,
): Promise<void> {
  await tx.db.execute(sql`
    update messages set state = ${state}, reason = ${reason}, finished_at = ${tx.now().toISOString()}::timestamptz
    where account_id = ${accountId} and id = ${messageId}`);
}

const EVENTS = { sent: "message.sent", failed: "message.failed", unknown: "message.unknown" } as const;

/** The account's own story holds what was said or should have been; what was dropped stands in the log alone. */
function told(
  { accountId, messageId }: MessageInput,
  channel: Channel,
  state: MessageState,
  reason: string | null,
): Outcome {
  const type = state in EVENTS ? EVENTS[state as keyof typeof EVENTS] : null;
  return {
    audit: [
      { action: "reminder.send", entity: "message", entityId: messageId, accountId, after: { state, reason, channel } },
    ],
    events: type ? [{ type, accountId, payload: { messageId, channel, reason } }] : [],
  };
}
