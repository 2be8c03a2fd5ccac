import { sql } from "drizzle-orm";
import { type Catalog, type CatalogPrice, readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { type PriceMove, type ProposedVersion, priceMove } from "@/server/domain/rating";
import { listDiscounts, listScheduledChanges, listSubscriptions } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { ImpactTally, type Moved, type SampleCall } from "./rules/impact-tally";
import { type PriceLines, priceLines } from "./rules/price-lines";

/** Accounts that are looked at together. */
const CHUNK = 2_000;
const PAGE = 20;

export interface AffectedRow {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly movesOn: Day;
  readonly beforeMinor: Minor;
  readonly afterMinor: Minor;
}

/** One subscriber's period, line by line, as it is and as it would be. */
export interface ImpactSample {
  readonly why: SampleCall;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly movesOn: Day;
  readonly before: PriceLines;
  readonly after: PriceLines;
}

/** A version before it is published. */
export type ProposedPriceVersion = Omit<CatalogPrice, "version" | "usagePricing" | "phases"> & {
  readonly phases: readonly Omit<CatalogPrice["phases"][number], "tariffId" | "version">[];
};

/**
 * Whom a proposed price version would reach and what it would earn: every subscription of the tariff is priced twice, by the
 * rule that charges it, at its own next period start. Nothing is written. `from` is where the list of the affected begins.
 */
export async function readPriceImpact(ctx: Context, proposed: ProposedPriceVersion, from = 0) {
  requirePermission(ctx, "catalog:read");
  const today = dayIn(ctx.now(), ctx.zone);
  const before = await readCatalog(ctx);
  const version = withVersion(before, proposed);
  const tally = new ImpactTally(from, PAGE);
  for (let after: string | null = null; ; ) {
    const accounts: AccountRow[] = await accountsOf(ctx, proposed.tariffId, today, after);
    const last = accounts.at(-1);
    if (!last) break;
    await tallyChunk(ctx, accounts, version, proposed.tariffId, today, tally);
    if (accounts.length < CHUNK) break;
    after = last.id;
  }
  const { list, samples, ...totals } = tally.result();
  const names = await namesOf(ctx, [...list, ...samples.map((sample) => sample.moved)]);
  return {
    today,
    version: version.version,
    ...totals,
    from,
    pageSize: PAGE,
    list: list.map((moved): AffectedRow => ({ ...names(moved), ...figuresOf(moved.move) })),
    samples: samples.map(
      ({ why, moved: { accountId, move } }): ImpactSample => ({
        why,
        ...names({ accountId }),
        movesOn: move.on,
        before: priceLines(move.before, before, move.on),
        after: priceLines(move.after, before, move.on),
      }),
    ),
  };
}
export type PriceImpact = Awaited<ReturnType<typeof readPriceImpact>>;

function withVersion(before: Catalog, proposed: ProposedPriceVersion): ProposedVersion {
  const tariff = before.tariffs.get(proposed.tariffId);
  if (!tariff) throw new DomainError("not_found", "tariff.not_found");
  const version = tariff.prices.reduce((highest, row) => Math.max(highest, row.version), 0) + 1;
  const phases = proposed.phases
    .map((phase) => ({ ...phase, tariffId: tariff.id, version }))
    .sort((a, b) => a.position - b.position);
  const prices = [...tariff.prices, { ...proposed, version, phases, usagePricing: null }];
  const after = { ...before, tariffs: new Map(before.tariffs).set(tariff.id, { ...tariff, prices }) };
  return { version, existingFrom: proposed.existingFrom, before, after };
}

interface AccountRow extends Record<string, unknown> {
  readonly id: string;
  readonly anchor_day: number;
}

/** Open accounts with a subscription of the tariff in force, in id order. */
function accountsOf(ctx: Context, tariffId: string, today: Day, after: string | null): Promise<AccountRow[]> {
  return rowsOf<AccountRow>(
    ctx,
    sql`
    select a.id, a.anchor_day from accounts a
    where (a.closed_on is null or a.closed_on > ${today}::date) and (${after}::uuid is null or a.id > ${after}::uuid)
      and exists (
        select 1 from subscriptions s
        where s.account_id = a.id and s.tariff_id = ${tariffId}::uuid and s.started_on <= ${today}::date
          and (s.ended_on is null or s.ended_on > ${today}::date)
      )
    order by a.id limit ${CHUNK}`,
  );
}

async function tallyChunk(
  ctx: Context,
  accounts: readonly AccountRow[],
  version: ProposedVersion,
  tariffId: string,
  today: Day,
  tally: ImpactTally,
): Promise<void> {
  const ids = accounts.map((account) => account.id);
  const [subscriptions, discounts, changes] = await Promise.all([
    listSubscriptions(ctx, ids, today),
    listDiscounts(ctx, ids, today),
    listScheduledChanges(ctx, ids),
  ]);
  for (const { id, anchor_day: anchorDay } of accounts) {
    const all = subscriptions.get(id) ?? [];
    const around = { anchorDay, discounts: discounts.get(id) ?? [], subscriptions: all };
    for (const row of all) {
      if (row.tariffId !== tariffId || row.startedOn > today) continue;
      // Who is about to change the tariff leaves this one on that day.
      const leaving = (changes.get(id) ?? []).find((change) => change.subscriptionId === row.id);
      const served = leaving && row.endedOn === null ? { ...row, endedOn: leaving.effectiveOn } : row;
      tally.add(id, priceMove(served, around, version, today));
    }
  }
}

function figuresOf({ on, before, after }: PriceMove) {
  return {
    movesOn: on,
    beforeMinor: before.feeMinor - before.discountMinor,
    afterMinor: after.feeMinor - after.discountMinor,
  };
}

/** Who they are, asked once for those that are shown. */
async function namesOf(ctx: Context, shown: readonly Pick<Moved, "accountId">[]) {
  const rows = await rowsOf<{ id: string; number: string; name: string }>(
    ctx,
    sql`
    select a.id, a.number, c.name from accounts a join customers c on c.id = a.customer_id
    where a.id = ${anyOf([...new Set(shown.map((one) => one.accountId))], "uuid")}`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return ({ accountId }: Pick<Moved, "accountId">) => ({
    accountId,
    accountNumber: known.get(accountId)?.number ?? "",
    customerName: known.get(accountId)?.name ?? "",
  });
}
