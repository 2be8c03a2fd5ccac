import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { addDays, addMonths, type Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { ACCOUNT_LIVES, feesOn } from "./internal";
import { shareBp } from "./rules/share";
import { startedWithin, TENURE_BANDS, type TenureBand } from "./rules/tenure-bands";

export interface ChurnRow {
  /** In force on the month's first day. */
  readonly atStart: number;
  /** Of those, gone by its end. */
  readonly ended: number;
  /** ended ÷ atStart, basis points; null when nobody was there. */
  readonly churnBp: number | null;
  /** Σ of the fees that went with them. */
  readonly lostMrrMinor: Minor;
}
export interface TariffChurn extends ChurnRow {
  readonly code: string;
  readonly nameRu: string;
  readonly nameEn: string;
}
export interface TenureChurn extends ChurnRow {
  readonly band: TenureBand;
  readonly startedFrom: Day | null;
  readonly startedTo: Day;
}
export interface Churn {
  readonly total: ChurnRow;
  readonly byTariff: readonly TariffChurn[];
  readonly byTenure: readonly TenureChurn[];
}

/**
 * Churn of one month: who was in force on its first day and is gone by its last, by main tariff and by whole months with
 * the operator. Fees are those of the day before the month, so a lost subscriber still has one.
 * `until` (not counted) cuts the month short, so that a running month is compared with as many days of the one before.
 */
export async function readChurn(ctx: Context, month: Day, until: Day = addMonths(month, 1)): Promise<Churn> {
  requirePermission(ctx, "analytics:read");
  const bands = TENURE_BANDS.map((band, index) => ({ index, ...startedWithin(band, month) }));
  const rows = await rowsOf<{
    code: string;
    name_ru: string;
    name_en: string;
    band: number;
    at_start: string;
    ended: string;
    lost: string;
  }>(
    ctx,
    sql`
    with lives as (${ACCOUNT_LIVES}),
    fees as (select account_id, sum(fee_minor) as fee_minor from (${feesOn(addDays(month, -1))}) f group by account_id),
    bands as (
      select * from jsonb_to_recordset(${JSON.stringify(bands)}::jsonb) as b(index int, "from" date, "to" date)
    )
    select t.code, t.name_ru, t.name_en, b.index as band, count(*) as at_start,
           count(*) filter (where l.ends_on < ${until}) as ended,
           coalesce(sum(f.fee_minor) filter (where l.ends_on < ${until}), 0) as lost
    from lives l
    join tariffs t on t.id = l.tariff_id
    join bands b on (b."from" is null or l.starts_on >= b."from") and l.starts_on <= b."to"
    left join fees f on f.account_id = l.account_id
    where l.starts_on < ${month} and l.ends_on >= ${month}
    group by t.code, t.name_ru, t.name_en, b.index`,
  );
  const sum = (part: typeof rows): ChurnRow => {
    const atStart = part.reduce((total, row) => total + Number(row.at_start), 0);
    const ended = part.reduce((total, row) => total + Number(row.ended), 0);
    return {
      atStart,
      ended,
      churnBp: shareBp(ended, atStart),
      lostMrrMinor: part.reduce((total, row) => total + BigInt(row.lost), 0n),
    };
  };
  const byTariff = [...Map.groupBy(rows, (row) => row.code).values()].map((part) => ({
    code: part[0]?.code ?? "",
    nameRu: part[0]?.name_ru ?? "",
    nameEn: part[0]?.name_en ?? "",
    ...sum(part),
  }));
  return {
    total: sum(rows),
    byTariff: byTariff.sort((a, b) => b.ended - a.ended || b.atStart - a.atStart),
    byTenure: TENURE_BANDS.map((band, index) => {
      const started = startedWithin(band, month);
      return {
        band,
        startedFrom: started.from,
        startedTo: started.to,
        ...sum(rows.filter((row) => row.band === index)),
      };
    }),
  };
}
