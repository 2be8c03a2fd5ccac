import { eq } from "drizzle-orm";
import { sandboxCopies } from "@/db/schema";
import { endDueLimits, settleWithin } from "@/server/domain/credit";
import { requirePermission } from "@/server/domain/identity";
import { issueInvoices, readDocumentsFrom } from "@/server/domain/invoices";
import { addDays, dayIn, earlierDay, laterDay, monthStart, startOfDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import type { ClockStep } from "./constants";
import {
  clockContext,
  listInstants,
  lockCopy,
  postPlanned,
  readCopyRow,
  refuseTooFar,
  requireSandbox,
} from "./internal";
import { lastDayOf, momentsOf } from "./rules/moments";
import { MoveClockInput } from "./schema";

export interface MovedClock {
  readonly clockAt: Date;
  /** How many times something was charged on the way. */
  readonly charged: number;
  /** Why charging could not rate the account, the first time it could not; null when it always could. */
  readonly parked: string | null;
}

/**
 * Moves a copy's clock forward. On the way every day is lived through by the verbs of the daily jobs (payments that were planned,
 * ends of limits, changes, charging, blocks, services, documents of a month that is over), under the copy's own time, for this account alone. The whole way is one
 * transaction: the clock never stands where the money does not.
 *
 * Throws `precondition` `sandbox.too_far`, `conflict` `sandbox.clock_moved` when somebody else moved it meanwhile.
 */
export async function moveClock(ctx: Context, raw: MoveClockInput): Promise<MovedClock> {
  requirePermission(ctx, "sandbox:use");
  const { copyId, step } = MoveClockInput.parse(raw);
  await requireSandbox(ctx);
  const { clockAt, copiedAt } = await readCopyRow(ctx, copyId);
  const [real, today] = [dayIn(ctx.now(), ctx.zone), dayIn(clockAt, ctx.zone)];
  const lastDay = lastDayOf(step, today);
  refuseTooFar(dayIn(copiedAt, ctx.zone), lastDay);
  await ensurePartitions(ctx, earlierDay(real, today), laterDay(real, addDays(lastDay, 31)));
  return withTransaction(ctx, async (tx) => {
    const copy = await lockCopy(tx, copyId);
    if (copy.clockAt.getTime() !== clockAt.getTime()) throw new DomainError("conflict", "sandbox.clock_moved");
    const instants = await listInstants(tx, copyId, clockAt, startOfDay(lastDay, tx.zone));
    const moved = await liveThrough(tx, copyId, momentsOf(clockAt, lastDay, instants, tx.zone), step);
    await tx.db.update(sandboxCopies).set({ clockAt: moved.clockAt }).where(eq(sandboxCopies.accountId, copyId));
    await record(tx, {
      audit: [
        {
          action: "sandbox.move",
          entity: "sandbox_copy",
          entityId: copyId,
          accountId: copyId,
          before: { clockAt },
          after: { ...moved, step },
        },
      ],
    });
    return moved;
  });
}

/** One moment after another: what a day brings depends on the day before. */
async function liveThrough(
  tx: Context,
  copyId: string,
  moments: readonly Date[],
  step: ClockStep,
): Promise<MovedClock> {
  let [charged, parked, last] = [0, null as string | null, moments[0] ?? tx.now()];
  for (const [index, moment] of moments.entries()) {
    const at = clockContext(tx, moment);
    await postPlanned(at, copyId);
    await endDueLimits(at, [copyId]);
    const billed = await settleWithin(at, [copyId]);
    charged += billed.charged;
    parked ??= billed.parked[0]?.reason ?? null;
    await issueMonthBetween(at, copyId, last);
    last = moment;
    // Where the copy stood is no step forward; a service that closes for want of money is a charge that could not be made.
    if (step === "charge" && index > 0 && (billed.charged > 0 || billed.turned.length > 0)) break;
  }
  return { clockAt: last, charged, parked };
}

/** The documents of the month that has ended since the moment before, after the day was charged, as the monthly job. */
async function issueMonthBetween(at: Context, copyId: string, before: Date): Promise<void> {
  const [was, is] = [before, at.now()].map((moment) => monthStart(dayIn(moment, at.zone)).slice(0, 7));
  if (!was || was === is) return;
  const from = await readDocumentsFrom(at);
  if (from === null || was >= from) await issueInvoices(at, { month: was, accountIds: [copyId] });
}
