import { sql } from "drizzle-orm";
import { postTransfers, vatAdvanceCode, vatDueCode } from "@/server/domain/ledger";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/**
 * Takes back the VAT of money received ahead together with the money: the reverse of the entry that opened it. True when
 * nothing of it is left, also when there never was any; false when a document has closed a part, which stays as it is. Belongs
 * inside the transaction that reverses the payment, under the lock of the account's money.
 */
export async function cancelAdvance(
  tx: Context,
  { accountId, paymentId, bookedOn }: { accountId: string; paymentId: string; bookedOn: Day },
): Promise<boolean> {
  const [advance] = await rowsOf<{ vat_percent: number; vat_minor: string; whole: boolean }>(
    tx,
    sql`select vat_percent, vat_minor, open_minor = amount_minor as whole from vat_advances
        where account_id = ${accountId} and payment_id = ${paymentId} for update`,
  );
  if (!advance) return true;
  if (!advance.whole) return false;
  await tx.db.execute(sql`
    update vat_advances set open_minor = 0, open_vat_minor = 0 where account_id = ${accountId} and payment_id = ${paymentId}`);
  await postTransfers(tx, [
    {
      accountId,
      debit: vatDueCode(advance.vat_percent),
      credit: vatAdvanceCode(advance.vat_percent),
      amountMinor: BigInt(advance.vat_minor),
      kind: "advance_vat_closing",
      bookedOn,
      occurredAt: tx.now(),
      subjectId: paymentId,
    },
  ]);
  return true;
}
