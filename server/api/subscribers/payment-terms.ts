import { readAccount } from "@/server/domain/crm";
import { readPaymentTermDays } from "@/server/domain/invoices";
import { DEFAULT_BLOCK_DELAY_DAYS } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";

interface Terms<Days> {
  readonly paymentTermDays: Days;
  readonly blockDelayDays: Days;
}

export interface PaymentTerms {
  /** Null = the operator's. */
  readonly own: Terms<number | null>;
  readonly operator: Terms<number>;
}

/** How long an account has to pay and how long its service goes on after that: its own terms and what holds without them. */
export async function paymentTerms(ctx: Context, accountId: string): Promise<PaymentTerms> {
  const [{ account }, paymentTermDays] = await Promise.all([readAccount(ctx, accountId), readPaymentTermDays(ctx)]);
  return {
    own: { paymentTermDays: account.paymentTermDays, blockDelayDays: account.blockDelayDays },
    operator: { paymentTermDays, blockDelayDays: DEFAULT_BLOCK_DELAY_DAYS },
  };
}
