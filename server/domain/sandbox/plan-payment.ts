import { sandboxPayments } from "@/db/schema";
import { settleWithin } from "@/server/domain/credit";
import { requirePermission } from "@/server/domain/identity";
import { dayIn, toDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { clockContext, lockCopy, postPlanned, refuseTooFar, requireSandbox } from "./internal";
import { PlanPaymentInput } from "./schema";

/**
 * «What if he pays so much on such a day»: today by the copy's clock it is paid at once and the account is settled, a later day is
 * waited for. No provider is asked; the money is the copy's alone.
 *
 * Throws `precondition` `sandbox.day_is_past`, `sandbox.too_far`.
 */
export async function planPayment(ctx: Context, raw: PlanPaymentInput): Promise<{ posted: boolean }> {
  requirePermission(ctx, "sandbox:use");
  const { copyId, amountMinor, ...input } = PlanPaymentInput.parse(raw);
  const paidOn = toDay(input.paidOn);
  await requireSandbox(ctx);
  await ensurePartitions(ctx, dayIn(ctx.now(), ctx.zone), dayIn(ctx.now(), ctx.zone));
  return withTransaction(ctx, async (tx) => {
    const copy = await lockCopy(tx, copyId);
    const today = dayIn(copy.clockAt, tx.zone);
    if (paidOn < today) throw new DomainError("precondition", "sandbox.day_is_past");
    refuseTooFar(dayIn(copy.copiedAt, tx.zone), paidOn);
    const id = tx.newId();
    await tx.db.insert(sandboxPayments).values({ accountId: copyId, id, paidOn, amountMinor });
    const posted = paidOn === today;
    if (posted) {
      const at = clockContext(tx, copy.clockAt);
      await postPlanned(at, copyId);
      await settleWithin(at, [copyId]);
    }
    await record(tx, {
      audit: [
        {
          action: "sandbox.pay",
          entity: "sandbox_copy",
          entityId: copyId,
          accountId: copyId,
          after: { paidOn, amountMinor, posted },
        },
      ],
    });
    return { posted };
  });
}
