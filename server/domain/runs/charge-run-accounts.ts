import { issueInvoices, readDocumentsFrom } from "@/server/domain/invoices";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { type ChargedAccounts, chargeAccounts } from "./internal";
import { isMonthOver, momentOfRun, type Run } from "./load-run";
import { periodText } from "./rules/run-moment";

/**
 * Whether a run makes documents: its month is over, and it is one that documents are made for (setting `invoices.from`). A month
 * that lasts has its documents made when it is over.
 */
export async function runMakesDocuments(ctx: Context, { periodStart }: Pick<Run, "periodStart">): Promise<boolean> {
  if (!isMonthOver(periodStart, ctx)) return false;
  const from = await readDocumentsFrom(ctx);
  return from === null || periodText(periodStart) >= from;
}

/**
 * Charges accounts as of the run's moment and, when the run makes documents, issues what their month holds and no document does:
 * those that were closed within the month have their documents too, those that are parked wait with theirs. Belongs inside a
 * transaction, as a whole or not at all.
 */
export async function chargeRunAccounts(
  tx: Context,
  run: Run,
  accountIds: readonly string[],
  makesDocuments: boolean,
): Promise<ChargedAccounts> {
  assertInvariant(run.startedAt, "run.not_started");
  const charged = await chargeAccounts(tx, accountIds, momentOfRun(run), run.startedAt);
  if (makesDocuments) {
    const parked = new Set(charged.parked.map((one) => one.accountId));
    const documented = accountIds.filter((id) => !parked.has(id));
    if (documented.length > 0) await issueInvoices(tx, { month: periodText(run.periodStart), accountIds: documented });
  }
  return charged;
}
