import { eq } from "drizzle-orm";
import { accounts, channelChoices, customers } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { CHANNELS, type Channel, TOPICS, type Topic } from "./constants";
import type { NotifierContext } from "./internal";
import { choiceKey } from "./rules/due-steps";
import { recipientOf } from "./rules/message-values";

export interface ChannelChoices {
  readonly channels: readonly {
    readonly channel: Channel;
    /** Where it would be written to, masked; null when there is nothing to write to. */
    readonly recipient: string | null;
    /** False while a stand-in carries it, which reaches nobody. */
    readonly isConnected: boolean;
  }[];
  readonly events: readonly {
    readonly event: Topic;
    readonly wanted: readonly Channel[];
  }[];
}

/** By which channels a subscriber is told of what: all of them until they say otherwise. */
export async function readChannelChoices(ctx: NotifierContext, accountId: string): Promise<ChannelChoices> {
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
    channels: CHANNELS.map((channel) => ({
      channel,
      recipient: recipientOf(contacts, channel)?.masked ?? null,
      isConnected: ctx.ports.notifier.channels[channel].carrier !== "file",
    })),
    events: TOPICS.map((event) => ({
      event,
      wanted: CHANNELS.filter((channel) => !unwanted.has(choiceKey(event, channel))),
    })),
  };
}
