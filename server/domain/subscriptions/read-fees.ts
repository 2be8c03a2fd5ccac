import { type SQL, sql } from "drizzle-orm";
import { FEE_KINDS, FEES } from "./constants";

const FIELDS = { name_ru: "nameRu", name_en: "nameEn", revenue_code: "revenueCode" } as const;

/**
 * What a charge `c` is called, or the ledger code it is credited to: its tariff's, `t`, which is joined left, or its fee's, for a
 * fee is no tariff's.
 */
export function ofCharge(column: keyof typeof FIELDS): SQL {
  const cases = FEE_KINDS.map((kind) => sql`when ${kind} then ${FEES[kind][FIELDS[column]]}`);
  return sql`coalesce(t.${sql.identifier(column)}, case c.kind ${sql.join(cases, sql` `)} end)`;
}

/** The lines of a fee and what each has left after what was given back of it: a table to join laterally. */
export function restOfFee(accountId: SQL, subjectId: SQL): SQL {
  return sql`lateral (
    select fee.term, fee.period_start, fee.kind, fee.vat_percent, fee.amount_minor - coalesce(sum(back.amount_minor), 0) as amount_minor,
           fee.vat_minor - coalesce(sum(back.vat_minor), 0) as vat_minor
    from charges fee
    left join adjustments back on back.account_id = fee.account_id and back.subscription_id = fee.subscription_id
      and back.term = fee.term and back.period_start = fee.period_start and back.kind = fee.kind
    where fee.account_id = ${accountId} and fee.subscription_id = ${subjectId} and fee.tariff_id is null
    group by fee.term, fee.period_start, fee.kind, fee.vat_percent, fee.amount_minor, fee.vat_minor
  )`;
}
