import { sql } from "drizzle-orm";
import { z } from "zod";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { listAdvanceAccounts } from "@/server/domain/invoices";
import { lockBalances, postTransfers } from "@/server/domain/ledger";
import type { Context } from "@/server/platform/context";
import { type NewEvent, record } from "@/server/platform/record";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { openAdvancesOf, transferOf } from "./internal";
import { RecordPaymentInput } from "./schema";

/**
 * Posts money that came by another door and is final, one payment or thousands. The door's own id makes each happen once:
 * a repeat is left out and counted. `historical` money was spent long ago: it is posted without waking the jobs that
 * charge and activate. People may post what came by a bank; all else is posted by our own jobs.
 */
export async function recordPayments(
  ctx: Context,
  raw: readonly RecordPaymentInput[],
  options: { historical?: boolean } = {},
): Promise<{ posted: number; repeated: number }> {
  const isBank = raw.length > 0 && raw.every((row) => row.provider === "bank");
  const scope = requirePermission(ctx, isBank ? "payment:post_bank" : "payment:post");
  const input = z.array(RecordPaymentInput).parse(raw);
  if (input.length === 0) return { posted: 0, repeated: 0 };
  return withTransaction(ctx, async (tx) => {
    const accountIds = [...new Set(input.map((row) => row.accountId))];
    await requireAccounts(tx, scope, accountIds);
    await lockBalances(tx, accountIds);
    const fresh = await insertPayments(
      tx,
      input.map((row) => ({ ...row, id: tx.newId() })),
    );
    // Money of another time carried its own VAT, in another book.
    if (!options.historical) await openAdvancesOf(tx, await listAdvanceAccounts(tx, accountIds), fresh);
    await postTransfers(tx, fresh.map(transferOf));
    const events: NewEvent[] = options.historical
      ? []
      : fresh.map((row) => ({
          type: "payment.posted",
          accountId: row.accountId,
          payload: { paymentId: row.id, amountMinor: row.amountMinor, provider: row.provider },
        }));
    const totalMinor = fresh.reduce((sum, row) => sum + row.amountMinor, 0n);
    await record(tx, {
      audit: [
        {
          action: "payment.record",
          entity: "payments",
          entityId: `${fresh.length}`,
          after: { posted: fresh.length, totalMinor },
        },
      ],
      events,
    });
    return { posted: fresh.length, repeated: input.length - fresh.length };
  });
}

type Row = z.output<typeof RecordPaymentInput> & { readonly id: string };

/** The rows that were not there yet; unique (provider, external id) decides. */
async function insertPayments(tx: Context, rows: readonly Row[]): Promise<Row[]> {
  const column = (pick: (row: Row) => string | bigint, type: string) => pgArray(rows.map(pick), type);
  // A bank tells days later: the money is here from now on, so what it brings back is timed from now.
  const postedAt = (row: Row) => (row.provider === "bank" ? tx.now() : row.paidAt).toISOString();
  const inserted = await rowsOf<{ id: string }>(
    tx,
    sql`
    insert into payments (account_id, id, provider, provider_payment_id, idempotence_key, amount_minor, state, started_at, paid_at, posted_at)
    select p.account_id, p.id, p.provider, p.external_id, p.id::text, p.amount_minor, 'posted', p.paid_at, p.paid_at, p.posted_at
    from unnest(
      ${column((r) => r.accountId, "uuid")}, ${column((r) => r.id, "uuid")}, ${column((r) => r.provider, "text")},
      ${column((r) => r.externalId, "text")}, ${column((r) => r.amountMinor, "bigint")}, ${column((r) => r.paidAt.toISOString(), "timestamptz")},
      ${column(postedAt, "timestamptz")}
    ) as p(account_id, id, provider, external_id, amount_minor, paid_at, posted_at)
    on conflict (provider, provider_payment_id) do nothing
    returning id`,
  );
  const ids = new Set(inserted.map((row) => row.id));
  return rows.filter((row) => ids.has(row.id));
}
