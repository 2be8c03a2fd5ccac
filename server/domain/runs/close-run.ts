import { eq, sql } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { readDocumentsTie } from "@/server/domain/invoices";
import { FEE_RETURNED } from "@/server/domain/subscriptions";
import { addMonths } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { runMakesDocuments } from "./charge-run-accounts";
import { inScope, isMonthOver, lockRun, type Run } from "./load-run";
import { reachOf } from "./rules/reach";
import { periodText } from "./rules/run-moment";
import { requireAct } from "./rules/run-state";
import { RunInput } from "./schema";

/**
 * What a run is proven by when it is closed: every account is accounted for, what it charged is what the book moved, and what the
 * book moved in the month is what its documents say.
 */
export interface RunProof {
  readonly accounts: number;
  readonly charged: number;
  readonly refused: number;
  readonly skipped: number;
  readonly parked: number;
  readonly chargedMinor: Minor;
  readonly creditedMinor: Minor;
  readonly transfersMinor: Minor;
  /** Σ documents of the legal entity's month = Σ its transfers; null for a month that no documents are made for. */
  readonly documentsMinor: Minor | null;
}

/**
 * Closes a finished run of a month that is over, for good. Only when charged + refused + skipped + parked = all accounts of its
 * scope; Σ charges − Σ credits = Σ transfers = what its chunks counted; and Σ documents of the legal entity's month = Σ what the
 * book charged in it, account by account. All read from the tables anew.
 *
 * Throws `precondition`: `run.wrong_state`, `run.closed`, `run.month_not_over`, `run.accounts_left_out`, `run.books_differ`,
 * `run.documents_differ`, the last three with both sides.
 */
export async function closeRun(ctx: Context, raw: RunInput): Promise<RunProof> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "close");
    if (!isMonthOver(run.periodStart, tx))
      throw new DomainError("precondition", "run.month_not_over", { month: periodText(run.periodStart) });
    const counted = await countRun(tx, run);
    const accounted = counted.charged + counted.refused + counted.skipped + counted.parked;
    if (accounted !== counted.accounts) {
      throw new DomainError("precondition", "run.accounts_left_out", { accounted, accounts: counted.accounts });
    }
    const book = await sumBook(tx, run);
    const differs =
      book.chargedMinor !== counted.chargedMinor ||
      book.creditedMinor !== counted.creditedMinor ||
      book.chargedMinor - book.creditedMinor !== book.transfersMinor;
    if (differs) {
      throw new DomainError("precondition", "run.books_differ", {
        countedMinor: (counted.chargedMinor - counted.creditedMinor).toString(),
        chargesMinor: (book.chargedMinor - book.creditedMinor).toString(),
        transfersMinor: book.transfersMinor.toString(),
      });
    }
    const proof: RunProof = {
      ...counted,
      transfersMinor: book.transfersMinor,
      documentsMinor: await requireDocuments(tx, run),
    };
    await tx.db
      .update(billingRuns)
      .set({ closedBy: actorLabel(tx.actor), closedAt: tx.now() })
      .where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [{ action: "run.close", entity: "billing_run", entityId: runId, after: proof }],
      events: [{ type: "run.closed", accountId: null, payload: { runId } }],
    });
    return proof;
  });
}

/** The month's documents, which are what the book charged in it; null where none are made. */
async function requireDocuments(tx: Context, run: Run): Promise<Minor | null> {
  if (!(await runMakesDocuments(tx, run))) return null;
  const { periodStart, legalEntityId } = run;
  const tie = await readDocumentsTie(tx, { legalEntityId, from: periodStart, to: addMonths(periodStart, 1) });
  if (tie.differing === 0) return tie.documentsMinor;
  throw new DomainError("precondition", "run.documents_differ", {
    month: periodText(periodStart),
    accounts: tie.differing,
    documentsMinor: tie.documentsMinor.toString(),
    bookedMinor: tie.bookedMinor.toString(),
  });
}

/** What the chunks counted, beside how many accounts the scope has now. */
async function countRun(tx: Context, run: Run): Promise<Omit<RunProof, "transfersMinor" | "documentsMinor">> {
  const [row] = await rowsOf<Record<string, string>>(
    tx,
    sql`
    select coalesce(sum(charged), 0) as charged, coalesce(sum(refused), 0) as refused, coalesce(sum(skipped), 0) as skipped,
           coalesce(sum(parked), 0) as parked, coalesce(sum(charged_minor), 0) as charged_minor,
           coalesce(sum(credited_minor), 0) as credited_minor,
           (select count(*) from accounts a where ${inScope(run)} and a.id <= (
              select to_id from billing_run_chunks where run_id = ${run.id} and stage = 'charge' order by number desc limit 1
            )) as accounts
    from billing_run_chunks where run_id = ${run.id} and stage = 'charge'`,
  );
  return {
    accounts: Number(row?.accounts),
    charged: Number(row?.charged),
    refused: Number(row?.refused),
    skipped: Number(row?.skipped),
    parked: Number(row?.parked),
    chargedMinor: BigInt(row?.charged_minor ?? 0),
    creditedMinor: BigInt(row?.credited_minor ?? 0),
  };
}

/**
 * The run's own rows in the tables of money: those of its accounts that carry the database's time of its transactions. Nothing
 * of it is booked outside of its month.
 */
async function sumBook(tx: Context, run: Run) {
  const { since } = reachOf(await readCatalog(tx), run.asOf);
  const [row] = await rowsOf<{ charged: string; credited: string; fees_returned: string; moved: string }>(
    tx,
    sql`
    with written as materialized (
      select from_id, to_id, written_at from billing_run_chunks where run_id = ${run.id} and stage = 'charge' and is_done
      union all
      select account_id, account_id, written_at from billing_run_accounts
      where run_id = ${run.id} and stage = 'charge' and written_at is not null
    )
    select
      (select coalesce(sum(c.amount_minor), 0) from written w
       join charges c on c.created_at = w.written_at and c.account_id between w.from_id and w.to_id
       where c.period_start between ${since} and ${run.asOf}) as charged,
      (select coalesce(sum(d.amount_minor), 0) from written w
       join adjustments d on d.created_at = w.written_at and d.account_id between w.from_id and w.to_id
       where d.booked_on = ${run.asOf} and d.reason <> ${FEE_RETURNED}) as credited,
      -- Of a change that never came: no credit that charging has counted, and money that moved all the same.
      (select coalesce(sum(d.amount_minor), 0) from written w
       join adjustments d on d.created_at = w.written_at and d.account_id between w.from_id and w.to_id
       where d.booked_on = ${run.asOf} and d.reason = ${FEE_RETURNED}) as fees_returned,
      (select coalesce(sum(case when t.debit = 'customer' then t.amount_minor when t.credit = 'customer' then -t.amount_minor end), 0)
       from written w
       join transfers t on t.created_at = w.written_at and t.account_id between w.from_id and w.to_id
       where t.booked_on between ${run.periodStart} and ${run.asOf}) as moved`,
  );
  return {
    chargedMinor: BigInt(row?.charged ?? 0),
    creditedMinor: BigInt(row?.credited ?? 0),
    transfersMinor: BigInt(row?.moved ?? 0) + BigInt(row?.fees_returned ?? 0),
  };
}
