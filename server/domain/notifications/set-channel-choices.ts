import { sql } from "drizzle-orm";
import { channelChoices } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { readCustomerId } from "./internal";
import { ChannelChoicesInput } from "./schema";

/** What a subscriber wants to be told by which channel. It is theirs, so it holds for all their accounts. */
export async function setChannelChoices(ctx: Context, raw: ChannelChoicesInput): Promise<void> {
  const scope = requirePermission(ctx, "reminder:choose");
  const { accountId, choices } = ChannelChoicesInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    const customerId = await readCustomerId(tx, accountId);
    if (choices.length > 0) {
      await tx.db
        .insert(channelChoices)
        .values(choices.map((choice) => ({ customerId, ...choice })))
        .onConflictDoUpdate({
          target: [channelChoices.customerId, channelChoices.event, channelChoices.channel],
          set: { isWanted: sql`excluded.is_wanted` },
        });
    }
    await record(tx, {
      audit: [
        { action: "reminder.choose_channels", entity: "customer", entityId: customerId, accountId, after: { choices } },
      ],
    });
  });
}
