import { temporaryLimits } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { chargeFee } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { readPromisedFacts, readPromisedPolicy } from "./internal";
import { promisedOffer } from "./rules/promised-offer";
import { StartPromiseInput } from "./schema";

export interface StartedPromise {
  readonly limitId: string;
  readonly amountMinor: Minor;
  readonly feeMinor: Minor;
  readonly untilOn: Day;
}

/**
 * Takes a promised payment («обещанный платёж»), by the subscriber or by staff for them, on the terms of the moment. It is a
 * limit and never money: only its fee, if there is one, is charged in the book. Refuses with the rule's own reason
 * (`promise.too_often`, …); a second press finds one in force (`promise.in_force`).
 */
export async function startPromise(ctx: Context, raw: StartPromiseInput): Promise<StartedPromise> {
  const scope = requirePermission(ctx, "promise:start");
  const input = StartPromiseInput.parse(raw);
  const { accountId } = input;
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    await lockBalances(tx, [accountId]);
    const [policy, facts] = await Promise.all([readPromisedPolicy(tx), readPromisedFacts(tx, accountId)]);
    if (policy.consentRequired && !input.consent) throw new DomainError("invalid", "promise.consent_required");
    const answer = promisedOffer(facts, policy);
    if (answer.kind === "refusal") {
      const { reason, on, amountMinor } = answer;
      const details = { ...(on && { on }), ...(amountMinor !== null && { amountMinor: amountMinor.toString() }) };
      throw new DomainError("precondition", `promise.${reason}`, details);
    }
    const { amountMinor, feeMinor, untilOn, trust } = answer;
    const limitId = tx.newId();
    await tx.db.insert(temporaryLimits).values({
      accountId,
      id: limitId,
      kind: "promised",
      amountMinor,
      feeMinor,
      fromAt: tx.now(),
      untilAt: startOfDay(untilOn, tx.zone),
      grantedBy: actorLabel(tx.actor),
    });
    await chargeFee(tx, { accountId, subjectId: limitId, kind: "promised_fee", feeMinor });
    await record(tx, {
      audit: [
        {
          action: "promise.start",
          entity: "limit",
          entityId: limitId,
          accountId,
          after: { amountMinor, feeMinor, untilOn, consent: input.consent, trust },
        },
      ],
      events: [{ type: "promise.started", accountId, payload: { limitId, amountMinor, feeMinor, untilOn } }],
    });
    return { limitId, amountMinor, feeMinor, untilOn };
  });
}
