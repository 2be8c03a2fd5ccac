import { listApprovals, requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { CORRECTION_ACT } from "./constants";
import { type CorrectionOrder, StoredCorrection } from "./schema";

export interface WaitingCorrection {
  readonly approvalId: string;
  readonly order: CorrectionOrder;
  readonly amountMinor: Minor;
  readonly askedBy: string | null;
  readonly askedAt: Date;
  /** Of the one who is looking: it can be taken back, not approved. */
  readonly isOwn: boolean;
}

/** Corrections of an account that wait for a second person. */
export async function listCorrections(ctx: Context, accountId: string): Promise<WaitingCorrection[]> {
  const scope = requirePermission(ctx, "charge:correct");
  await requireAccounts(ctx, scope, [accountId]);
  const waiting = await listApprovals(ctx, "charge:correct", { kinds: [CORRECTION_ACT], accountId });
  return waiting.map(({ approvalId, input, askedBy, askedAt, isOwn }) => {
    const order = StoredCorrection.parse(input);
    return { approvalId, order, amountMinor: order.amountMinor ?? 0n, askedBy, askedAt, isOwn };
  });
}
