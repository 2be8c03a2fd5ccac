import { blocks } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { chargeFee } from "./charge-fee";
import { readSuspensionFacts, readSuspensionPolicy } from "./internal";
import { intervalOf } from "./rules/block-interval";
import { suspensionAnswer } from "./rules/suspension-answer";
import { BeginSuspensionInput } from "./schema";

/**
 * The subscriber's own pause («добровольная блокировка»), asked for by them or by staff for them: from today or a day to come,
 * until a day. It takes effect and ends by itself. Its fee is charged at once and comes back if it never begins. Refuses with
 * the rule's own reason (`suspension.too_often`, …); a second press finds one (`suspension.in_force`).
 */
export async function beginSuspension(ctx: Context, raw: BeginSuspensionInput): Promise<{ suspensionId: string }> {
  const scope = requirePermission(ctx, "suspension:begin");
  const input = BeginSuspensionInput.parse(raw);
  const { accountId, fromOn, untilOn } = input;
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    await lockBalances(tx, [accountId]);
    const [policy, { facts }] = await Promise.all([readSuspensionPolicy(tx), readSuspensionFacts(tx, accountId)]);
    const answer = suspensionAnswer({ from: fromOn, until: untilOn }, facts, policy);
    if (answer.kind === "refusal") {
      const { reason, on, days, amountMinor } = answer;
      throw new DomainError("precondition", `suspension.${reason}`, {
        ...(on && { on }),
        ...(days !== null && { days }),
        ...(amountMinor !== null && { amountMinor: amountMinor.toString() }),
      });
    }
    const interval = intervalOf(input, tx.now(), tx.zone);
    const suspensionId = tx.newId();
    await tx.db
      .insert(blocks)
      .values({ accountId, id: suspensionId, subscriptionId: null, reason: "voluntary", ...interval });
    await chargeFee(tx, {
      accountId,
      subjectId: suspensionId,
      kind: "suspension_fee",
      feeMinor: policy.feeMinor,
    });
    const told = { reason: "voluntary" as const, fromOn, untilOn, feeMinor: policy.feeMinor };
    await record(tx, {
      audit: [{ action: "suspension.begin", entity: "block", entityId: suspensionId, accountId, after: told }],
      events: [{ type: "block.placed", accountId, payload: { blockId: suspensionId, ...told } }],
    });
    return { suspensionId };
  });
}
