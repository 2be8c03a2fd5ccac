import type { TestDatabase } from "@/db/testing/database";
import type { NotifierContext } from "@/server/domain/notifications";
import { startOfDay, toDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { type Subscriber, type SubscriberOf, type World, ZONE } from "@/server/scenarios/world";
import type { Channel } from "../constants";
import type { ChannelPort, Delivery, DeliveryOutcome } from "../ports";

export interface Said extends Delivery {
  readonly channel: Channel;
}

/** What subscribers were told in a test, and how the far side answers next. */
export interface Notices {
  readonly said: Said[];
  /** The next answers, first to last; then everything is taken. */
  readonly answers: (DeliveryOutcome | (() => Promise<DeliveryOutcome>))[];
  /** Acts as the worker does. */
  ctx(at?: string): NotifierContext;
  /** Every job of the queue that is due at `at` is done, in order; answers how many. */
  work(
    run: (ctx: NotifierContext, payload: { accountId: string; messageId: string }) => Promise<unknown>,
    at: string,
  ): Promise<number>;
}

/** "2026-11-28 09:00" by the operator's wall clock. */
export function wall(text: string): Date {
  const [day = "", time = "00:00"] = text.split(" ");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return new Date(startOfDay(toDay(day), ZONE).getTime() + (hours * 60 + minutes) * 60_000);
}

export function notices(world: World, database: TestDatabase): Notices {
  const said: Said[] = [];
  const answers: Notices["answers"] = [];
  const carry = (channel: Channel): ChannelPort => ({
    carrier: channel === "email" ? "smtp" : "file",
    async deliver(message) {
      const next = answers.shift() ?? { kind: "sent", reason: null };
      const outcome = typeof next === "function" ? await next() : next;
      if (outcome.kind !== "again") said.push({ ...message, channel });
      return outcome;
    },
  });
  const notifier = {
    channels: { email: carry("email"), sms: carry("sms"), messenger: carry("messenger") },
    payUrl: "https://my.example/pay",
  };
  const at = (base: Context, moment?: string): NotifierContext => ({
    ...base,
    ...(moment && { now: () => wall(moment) }),
    ports: { notifier },
  });
  return {
    said,
    answers,
    ctx: (moment) => at(world.ctx, moment),
    async work(run, moment) {
      const due = await database.sql<{ id: string; payload: { accountId: string; messageId: string } }[]>`
        delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
        where t.id = j.task_id and t.identifier = 'send_message' and j.run_at <= ${wall(moment).toISOString()}
        returning j.id, j.payload`;
      for (const { payload } of due) await run(at(world.ctx, moment), payload);
      return due.length;
    },
  };
}

/** A subscriber who can be written to. */
export async function reachable(
  world: World,
  database: TestDatabase,
  input: SubscriberOf & { email?: string | null } = {},
): Promise<Subscriber> {
  const subscriber = await world.subscriber(input);
  const email = input.email === undefined ? `s${subscriber.accountNumber}@mail.example` : input.email;
  await database.sql`update customers set email = ${email} where id = ${subscriber.customerId}`;
  return subscriber;
}

/** Switches the whole ladder on, or only the steps of some events. */
export async function switchOn(database: TestDatabase, events: readonly string[] = ["money_ends", "payment_due"]) {
  await database.sql`update dunning_steps set is_on = event = any(${[...events]})`;
}
