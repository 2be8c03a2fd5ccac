import type { Catalog } from "@/server/domain/catalog";
import { readAccount } from "@/server/domain/crm";
import { readBalance } from "@/server/domain/ledger";
import type { AccountSnapshot } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { DEFAULT_BLOCK_DELAY_DAYS, DEFAULT_PAYMENT_TERM_DAYS } from "./constants";
import { readSnapshots } from "./load-snapshots";

/** One account as charging would see it, looked at and not locked: what every preview is made from. */
export async function readSnapshot(ctx: Context, accountId: string, catalog: Catalog, today: Day) {
  const [{ account }, balanceMinor] = await Promise.all([readAccount(ctx, accountId), readBalance(ctx, accountId)]);
  const facts = {
    id: accountId,
    anchorDay: account.anchorDay,
    availableMinor: balanceMinor + account.creditLimitMinor,
    paymentTermDays: account.paymentTermDays ?? DEFAULT_PAYMENT_TERM_DAYS,
    blockDelayDays: account.blockDelayDays ?? DEFAULT_BLOCK_DELAY_DAYS,
  };
  const [snapshot] = await readSnapshots(ctx, [facts], catalog, today);
  assertInvariant(snapshot, "runs.no_snapshot");
  return { account, balanceMinor, snapshot: snapshot satisfies AccountSnapshot };
}
