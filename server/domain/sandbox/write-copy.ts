import { getTableColumns, sql } from "drizzle-orm";
import {
  bundleParts,
  bundles,
  legalEntities,
  sandboxCopies,
  settings,
  tariffPhases,
  tariffPrices,
  tariffs,
  vatRates,
} from "@/db/schema";
import { CUSTOMER, openBalances, postTransfers } from "@/server/domain/ledger";
import { dayIn, startOfDay } from "@/server/kernel/day";
import { actorLabel, type Context } from "@/server/platform/context";
import type { LoadedRows } from "./load-rows";

/** What every copy lives by, and how a row of it is known again. A later copy brings the catalog up to date for all. */
const SHARED = [
  [legalEntities, "legal_entities", "id"],
  [vatRates, "vat_rates", "code, valid_from"],
  [tariffs, "tariffs", "id"],
  [tariffPrices, "tariff_prices", "tariff_id, version"],
  [tariffPhases, "tariff_phases", "tariff_id, version, position"],
  [bundles, "bundles", "id"],
  [bundleParts, "bundle_parts", "bundle_id, tariff_id"],
  [settings, "settings", "key"],
] as const;

/** The other side of a copy's first money. */
const OPENING = "opening";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export interface NewCopy {
  readonly accountId: string;
  readonly sourceAccountId: string;
  readonly ordinal: number;
}

/** Writes a copy into the sandbox, a statement a table, with its balance as one opening transfer. Part of a verb's transaction. */
export async function writeCopy(tx: Context, rows: LoadedRows, copy: NewCopy): Promise<void> {
  await writeShared(tx, rows);
  const ids = new Map(rows.ids.map((id, place) => [id, place === 0 ? copy.accountId : tx.newId()]));
  for (const [name, text] of rows.own) {
    const renamed = text.replaceAll(UUID, (id) => ids.get(id) ?? id);
    const table = sql.identifier(name);
    await tx.db.execute(
      sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${renamed}::text::jsonb)`,
    );
  }
  await tx.db.execute(sql`
    update accounts set number = split_part(number, '/', 1) || '/' || ${copy.ordinal}::text where id = ${copy.accountId}`);
  await tx.db.insert(sandboxCopies).values({
    ...copy,
    copiedAt: tx.now(),
    clockAt: tx.now(),
    copiedBy: actorLabel(tx.actor),
  });
  await openWithBalance(tx, rows, copy.accountId);
}

async function writeShared(tx: Context, rows: LoadedRows): Promise<void> {
  // What was taken out of a bundle or a price since the copy before must not linger.
  await tx.db.execute(sql`with parts as (delete from bundle_parts) delete from tariff_phases`);
  for (const [table, name, key] of SHARED) {
    const text = rows.shared.get(name);
    if (text === undefined) continue;
    const columns = Object.values(getTableColumns(table)).map((column) => column.name);
    const changed = columns.map((column) => `"${column}" = excluded."${column}"`).join(", ");
    const target = sql.identifier(name);
    await tx.db.execute(sql`
      insert into ${target} select * from jsonb_populate_recordset(null::${target}, ${text}::text::jsonb)
      on conflict (${sql.raw(key)}) do update set ${sql.raw(changed)}`);
  }
}

/** Dated before anything that may be asked what was paid or spent since: the copy begins with it. */
async function openWithBalance(tx: Context, rows: LoadedRows, accountId: string): Promise<void> {
  const { balanceMinor, currency, openedOn } = rows;
  await openBalances(tx, [accountId], currency);
  if (balanceMinor === 0n) return;
  const owed = balanceMinor < 0n;
  await postTransfers(tx, [
    {
      accountId,
      debit: owed ? CUSTOMER : OPENING,
      credit: owed ? OPENING : CUSTOMER,
      amountMinor: owed ? -balanceMinor : balanceMinor,
      kind: "opening",
      bookedOn: dayIn(tx.now(), tx.zone),
      occurredAt: startOfDay(openedOn, tx.zone),
      subjectId: null,
    },
  ]);
}
