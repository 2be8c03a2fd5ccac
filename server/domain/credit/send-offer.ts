import { z } from "zod";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { readPromisedFacts, readPromisedPolicy } from "./internal";
import { readOfferedAt } from "./read-promised-offer";
import { promisedOffer } from "./rules/promised-offer";

const SendOfferInput = z.object({ accountId: z.uuid() });

/**
 * Offers a promised payment by itself when the money has ended: an event that the cabinet shows and whoever sends messages
 * passes on. Once for each time the service closes for money; nothing when the rule gives none or the operator wants none.
 */
export async function sendOffer(ctx: Context, raw: z.input<typeof SendOfferInput>): Promise<{ offered: boolean }> {
  const scope = requirePermission(ctx, "credit:settle");
  const { accountId } = SendOfferInput.parse(raw);
  const policy = await readPromisedPolicy(ctx);
  if (!policy.enabled || !policy.automaticOffer) return { offered: false };
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    await lockBalances(tx, [accountId]);
    const answer = promisedOffer(await readPromisedFacts(tx, accountId), policy);
    if (answer.kind === "refusal" || (await readOfferedAt(tx, accountId))) return { offered: false };
    const { amountMinor, feeMinor, untilOn } = answer;
    await record(tx, {
      events: [{ type: "promise.offered", accountId, payload: { amountMinor, feeMinor, untilOn } }],
    });
    return { offered: true };
  });
}
