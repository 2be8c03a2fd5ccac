import { type SQL, sql } from "drizzle-orm";
import type { Measure } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { Fault, FaultState, IdentifierKind } from "./constants";
import { type FaultFilterInput, ListFaultsInput } from "./schema";

export interface FaultRow {
  readonly faultId: string;
  readonly source: string;
  readonly recordId: string;
  readonly reason: Fault;
  readonly column: string | null;
  readonly raw: Readonly<Record<string, string>>;
  readonly identifierKind: IdentifierKind | null;
  readonly identifier: string | null;
  readonly occurredAt: Date | null;
  readonly meter: string | null;
  readonly measure: Measure | null;
  readonly units: bigint | null;
  readonly label: string | null;
  readonly state: FaultState;
  readonly note: string | null;
  readonly attempts: number;
  readonly receivedAt: Date;
  readonly settledAt: Date | null;
}

export interface FaultPage {
  readonly faults: readonly FaultRow[];
  /** To ask for the next page with; null on the last. */
  readonly after: string | null;
  /** Of the same state, by reason and source, whatever the page shows of them. */
  readonly counts: readonly { readonly reason: Fault; readonly source: string; readonly count: number }[];
}

/** The bin, newest first: records that could not be taken, whole, with why. */
export async function listFaults(ctx: Context, raw: ListFaultsInput): Promise<FaultPage> {
  requirePermission(ctx, "usage:list");
  const input = ListFaultsInput.parse(raw);
  const [rows, counts] = await Promise.all([
    rowsOf<Record<string, unknown>>(
      ctx,
      sql`
      select * from usage_faults where ${filterOf(input)}
        ${input.after ? sql`and (received_at, id) < (select received_at, id from usage_faults where id = ${input.after})` : sql``}
      order by received_at desc, id desc limit ${input.limit + 1}`,
    ),
    rowsOf<{ reason: Fault; source: string; count: string }>(
      ctx,
      sql`
      select reason, source, count(*)::text as count from usage_faults where state = ${input.state}
      group by reason, source order by count(*) desc, reason, source`,
    ),
  ]);
  const faults = rows.slice(0, input.limit).map(faultOf);
  return {
    faults,
    after: rows.length > input.limit ? (faults.at(-1)?.faultId ?? null) : null,
    counts: counts.map((row) => ({ ...row, count: Number(row.count) })),
  };
}

/** The condition of a filter, for whoever works over the same faults that the list shows. */
export function filterOf({ state = "open", reason, source }: FaultFilterInput): SQL {
  return sql`state = ${state} ${reason ? sql`and reason = ${reason}` : sql``} ${source ? sql`and source = ${source}` : sql``}`;
}

export function faultOf(row: Record<string, unknown>): FaultRow {
  const instant = (value: unknown) => (value === null ? null : new Date(String(value)));
  return {
    faultId: String(row.id),
    source: String(row.source),
    recordId: String(row.record_id),
    reason: row.reason as Fault,
    column: row.column as string | null,
    raw: row.raw as Record<string, string>,
    identifierKind: row.identifier_kind as IdentifierKind | null,
    identifier: row.identifier as string | null,
    occurredAt: instant(row.occurred_at),
    meter: row.meter as string | null,
    measure: row.measure as Measure | null,
    units: row.units === null ? null : BigInt(String(row.units)),
    label: row.label as string | null,
    state: row.state as FaultState,
    note: row.note as string | null,
    attempts: Number(row.attempts),
    receivedAt: new Date(String(row.received_at)),
    settledAt: instant(row.settled_at),
  };
}
