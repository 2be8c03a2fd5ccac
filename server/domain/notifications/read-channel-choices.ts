import { eq } from "drizzle-orm";
import { accounts, channelChoices, customers } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { CHANNELS, type Channel, REMINDER_EVENTS, type ReminderEvent } from "./constants";
import { choiceKey } from "./rules/due-steps";
import { recipientOf } from "./rules/message-values";

export interface ChannelChoices {
  /** Channels by which this subscriber can be reached at all, with the address that would be written to, masked. */
  readonly channels: readonly { readonly channel: Channel; readonly recipient: string | null }[];
  readonly events: readonly {
    readonly event: ReminderEvent;
    readonly wanted: readonly Channel[];
  }[];
}

/** By which channels a subscriber is told of what: all of them until they say otherwise. */
export async function readChannelChoices(ctx: Context, accountId: string): Promise<ChannelChoices> {
  const scope = requirePermission(ctx, "reminder:choose");
  await requireAccounts(ctx, scope, [accountId]);
  const rows = await ctx.db
    .select({ phone: customers.phone, email: customers.email, choice: channelChoices })
    .from(accounts)
    .innerJoin(customers, eq(customers.id, accounts.customerId))
    .leftJoin(channelChoices, eq(channelChoices.customerId, customers.id))
    .where(eq(accounts.id, accountId));
  const contacts = rows[0] ?? { phone: null, email: null };
  const unwanted = new Set(
    rows.flatMap(({ choice }) => (choice && !choice.isWanted ? [`${choice.event}|${choice.channel}`] : [])),
  );
  return {
    channels: CHANNELS.map((channel) => ({ channel, recipient: recipientOf(contacts, channel)?.masked ?? null })),
    events: REMINDER_EVENTS.map((event) => ({
      event,
      wanted: CHANNELS.filter((channel) => !unwanted.has(choiceKey(event, channel))),
    })),
  };
}
