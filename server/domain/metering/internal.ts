import { sql } from "drizzle-orm";
import type { Measure } from "@/server/domain/catalog";
import { listTerms } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, earlierDay, laterDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import { EARLIEST_DAYS, type Fault, type IdentifierKind, LATEST_DAYS } from "./constants";
import type { Candidate } from "./rules/classify-record";

/** A record that is to be charged, written once. */
export interface NewRecord {
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly occurredAt: Date;
  readonly source: string;
  readonly recordId: string;
  readonly meter: string;
  readonly units: bigint;
  readonly label: string | null;
}

/** A record for the bin: why, the whole of it, and what could be understood. */
export interface NewFault {
  readonly source: string;
  readonly recordId: string;
  readonly fault: Fault;
  readonly column: string | null;
  readonly raw: Readonly<Record<string, string>>;
  readonly identifierKind: IdentifierKind | null;
  readonly identifier: string | null;
  readonly occurredAt: Date | null;
  readonly meter: string | null;
  readonly measure: Measure | null;
  readonly units: bigint | null;
  readonly label: string | null;
}

export const candidateKey = (kind: IdentifierKind, value: string) => `${kind} ${value}`;

/** Whom identifiers mean, by `candidateKey`, each subscription with its whole life. A few queries, however many there are. */
export async function loadCandidates(
  tx: Context,
  wanted: readonly { readonly kind: IdentifierKind; readonly value: string }[],
  today: Day,
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  if (wanted.length === 0) return new Map();
  const logins = wanted.filter(({ kind }) => kind === "login").map(({ value }) => value);
  const found = await rowsOf<{
    kind: IdentifierKind;
    value: string;
    account_id: string;
    subscription_id: string;
    valid_from: Day | null;
    valid_to: Day | null;
  }>(
    tx,
    sql`
    select i.kind, i.value, i.account_id, i.subscription_id, i.valid_from, i.valid_to
    from ${tableOf(wanted, { kind: ["text", (one) => one.kind], value: ["text", (one) => one.value] })} w
    join subscription_identifiers i on i.kind = w.kind and i.value = w.value
    union all
    select 'login', s.login, s.account_id, s.subscription_id, null, null from services s where s.login = ${anyOf(logins, "text")}`,
  );
  const ids = (pick: (row: (typeof found)[number]) => string) => [...new Set(found.map(pick))];
  const lives = await listTerms(
    tx,
    { accountIds: ids((row) => row.account_id), subscriptionIds: ids((row) => row.subscription_id) },
    today,
  );
  const lifeOf = new Map(lives.map((life) => [life.subscriptionId, life]));
  const candidates = new Map<string, Candidate[]>();
  for (const row of found) {
    const life = lifeOf.get(row.subscription_id);
    if (!life) continue;
    const key = candidateKey(row.kind, row.value);
    const one = { life, validFrom: row.valid_from, validTo: row.valid_to };
    const known = candidates.get(key);
    if (known) known.push(one);
    else candidates.set(key, [one]);
  }
  return candidates;
}

/**
 * Makes the months that records of these instants fall in. Before the transaction that writes them: making a month locks the
 * book for everyone. What is dated out of reason goes to the bin and needs none.
 */
export async function makeMonths(ctx: Context, instants: readonly Date[]): Promise<void> {
  const today = dayIn(ctx.now(), "UTC");
  const [oldest, newest] = [addDays(today, -LATEST_DAYS - 1), addDays(today, EARLIEST_DAYS + 1)];
  const days = instants.map((at) => dayIn(at, "UTC")).filter((day) => day >= oldest && day <= newest);
  const [first] = days;
  if (first === undefined) return;
  const from = days.reduce(earlierDay, first);
  const to = days.reduce(laterDay, first);
  await ensurePartitions(ctx, from, to);
}

export async function insertRecords(tx: Context, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.db.execute(sql`
    insert into metered_records (account_id, subscription_id, occurred_at, source, record_id, meter, units, label, received_at)
    select r.account_id, r.subscription_id, r.occurred_at, r.source, r.record_id, r.meter, r.units, r.label,
           ${tx.now().toISOString()}::timestamptz
    from ${tableOf(records, {
      account_id: ["uuid", (record) => record.accountId],
      subscription_id: ["uuid", (record) => record.subscriptionId],
      occurred_at: ["timestamptz", (record) => record.occurredAt],
      source: ["text", (record) => record.source],
      record_id: ["text", (record) => record.recordId],
      meter: ["text", (record) => record.meter],
      units: ["bigint", (record) => record.units],
      label: ["text", (record) => record.label],
    })} r`);
}

/** A record that its source told again while it was in the bin takes the old one's place there. */
export async function insertFaults(tx: Context, faults: readonly NewFault[]): Promise<void> {
  if (faults.length === 0) return;
  await tx.db.execute(sql`
    insert into usage_faults as known (id, source, record_id, reason, "column", raw, identifier_kind, identifier, occurred_at, meter,
                                       measure, units, label, received_at)
    select f.id, f.source, f.record_id, f.reason, f.blamed, f.raw, f.identifier_kind, f.identifier, f.occurred_at, f.meter, f.measure,
           f.units, f.label, ${tx.now().toISOString()}::timestamptz
    from ${tableOf(faults, {
      id: ["uuid", () => tx.newId()],
      source: ["text", (one) => one.source],
      record_id: ["text", (one) => one.recordId],
      reason: ["text", (one) => one.fault],
      blamed: ["text", (one) => one.column],
      raw: ["jsonb", (one) => JSON.stringify(one.raw)],
      identifier_kind: ["text", (one) => one.identifierKind],
      identifier: ["text", (one) => one.identifier],
      occurred_at: ["timestamptz", (one) => one.occurredAt],
      meter: ["text", (one) => one.meter],
      measure: ["text", (one) => one.measure],
      units: ["bigint", (one) => one.units],
      label: ["text", (one) => one.label],
    })} f
    on conflict (source, record_id) do update set
      reason = excluded.reason, "column" = excluded."column", raw = excluded.raw, identifier_kind = excluded.identifier_kind,
      identifier = excluded.identifier, occurred_at = excluded.occurred_at, meter = excluded.meter, measure = excluded.measure,
      units = excluded.units, label = excluded.label, attempts = known.attempts + 1, received_at = excluded.received_at`);
}

/** Takes records out of the bin. */
export async function closeFaults(
  tx: Context,
  faultIds: readonly string[],
  state: "mended" | "dropped",
  note: string | null,
  by: string,
): Promise<void> {
  if (faultIds.length === 0) return;
  await tx.db.execute(sql`
    update usage_faults set state = ${state}, note = ${note}, settled_by = ${by}, settled_at = ${tx.now().toISOString()}::timestamptz
    where id = ${anyOf(faultIds, "uuid")} and state = 'open'`);
}
