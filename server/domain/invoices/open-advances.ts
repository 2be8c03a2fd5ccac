import { sql } from "drizzle-orm";
import { readCatalog, vatInside, vatPercentOn } from "@/server/domain/catalog";
import { lockBalances, type NewTransfer, postTransfers, vatAdvanceCode, vatDueCode } from "@/server/domain/ledger";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import { readSettings } from "@/server/platform/settings";
import { INVOICE_SETTINGS } from "./constants";
import { advancePart } from "./rules/advances";

/** Money that came in, about to be posted. */
export interface Received {
  readonly accountId: string;
  readonly paymentId: string;
  readonly amountMinor: Minor;
  readonly receivedOn: Day;
  readonly bookedOn: Day;
  readonly occurredAt: Date;
}

/** Which of the accounts' money received ahead carries VAT: by the setting `vat.advances`, of companies and sole traders. */
export async function listAdvanceAccounts(tx: Context, accountIds: readonly string[]): Promise<Set<string>> {
  const { key, fallback } = INVOICE_SETTINGS.advanceVat;
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
    select a.id from accounts a join customers u on u.id = a.customer_id
    cross join (select coalesce((select value #>> '{}' from settings where key = ${key}), ${fallback}) as whose) s
    where a.id = ${anyOf(accountIds, "uuid")} and s.whose <> 'none' and (s.whose = 'everyone' or u.kind <> 'person')`,
  );
  return new Set(rows.map((row) => row.id));
}

/**
 * Books the VAT of money received ahead, `vat_advance:<p>` against `vat_due:<p>`, which never touches the customer's balance.
 * Inside the transaction that posts the payments, before it posts them: an advance is what is left when the debt that is there
 * now is paid. Of one account's payments the earlier in the list comes first.
 */
export async function openAdvances(tx: Context, received: readonly Received[]): Promise<void> {
  if (received.length === 0) return;
  const [balances, { advanceVatCode }, catalog] = await Promise.all([
    lockBalances(tx, [...new Set(received.map((one) => one.accountId))]),
    readSettings(tx, INVOICE_SETTINGS),
    readCatalog(tx),
  ]);
  const advances = received.flatMap((one) => {
    const before = balances.get(one.accountId) ?? 0n;
    balances.set(one.accountId, before + one.amountMinor);
    const amountMinor = advancePart(before, one.amountMinor);
    const vatPercent = vatPercentOn(catalog.vatRates, advanceVatCode, one.receivedOn);
    const vatMinor = vatInside(amountMinor, vatPercent);
    return vatMinor > 0n ? [{ ...one, amountMinor, vatPercent, vatMinor }] : [];
  });
  if (advances.length === 0) return;
  await tx.db.execute(sql`
    insert into vat_advances (account_id, payment_id, received_on, booked_on, vat_percent, amount_minor, vat_minor, open_minor, open_vat_minor)
    select a.account_id, a.payment_id, a.received_on, a.booked_on, a.vat_percent, a.amount_minor, a.vat_minor, a.amount_minor, a.vat_minor
    from ${tableOf(advances, {
      account_id: ["uuid", (one) => one.accountId],
      payment_id: ["uuid", (one) => one.paymentId],
      received_on: ["date", (one) => one.receivedOn],
      booked_on: ["date", (one) => one.bookedOn],
      vat_percent: ["int", (one) => one.vatPercent],
      amount_minor: ["bigint", (one) => one.amountMinor],
      vat_minor: ["bigint", (one) => one.vatMinor],
    })} a`);
  await postTransfers(
    tx,
    advances.map(
      (one): NewTransfer => ({
        accountId: one.accountId,
        debit: vatAdvanceCode(one.vatPercent),
        credit: vatDueCode(one.vatPercent),
        amountMinor: one.vatMinor,
        kind: "advance_vat",
        bookedOn: one.bookedOn,
        occurredAt: one.occurredAt,
        subjectId: one.paymentId,
      }),
    ),
  );
}
