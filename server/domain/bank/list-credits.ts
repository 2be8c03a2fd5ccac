import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { CREDIT_STATES, type CreditState, type Evidence } from "./constants";
import { findCandidates } from "./find-candidates";
import type { Suggestion } from "./rules/weigh-accounts";
import { ListCreditsInput } from "./schema";

export interface PlacedPart {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly amountMinor: Minor;
  /** Null when a person said so. */
  readonly confidence: number | null;
  readonly reasons: readonly Evidence[];
  /** The person; null when it was the rule. */
  readonly byName: string | null;
  readonly matchedAt: Date;
}

export interface ListedCredit {
  readonly creditId: string;
  readonly number: string;
  readonly documentedOn: Day;
  readonly receivedOn: Day;
  readonly amountMinor: Minor;
  readonly payerName: string;
  readonly payerInn: string;
  readonly payerAccount: string;
  readonly purpose: string;
  readonly fileName: string;
  readonly line: number;
  /** Of one that waits: whose it may be, the likeliest first. */
  readonly suggestions: readonly Suggestion[];
  /** Of one that is placed. */
  readonly parts: readonly PlacedPart[];
}

export interface CreditPage {
  readonly credits: readonly ListedCredit[];
  /** To ask for the next page with; null on the last. */
  readonly after: string | null;
  readonly totals: Readonly<Record<CreditState, { readonly count: number; readonly amountMinor: Minor }>>;
}

const MOST_SUGGESTED = 3;

/** Money from banks, the latest first: what waits for a person with whose it may be, or what is placed with why. */
export async function listCredits(ctx: Context, raw: ListCreditsInput): Promise<CreditPage> {
  requirePermission(ctx, "bank:read");
  const { state, after, limit } = ListCreditsInput.parse(raw);
  const [rows, sums] = await Promise.all([
    rowsOf<Record<string, string>>(
      ctx,
      sql`
      select k.*, s.file_name from bank_credits k join bank_statements s on s.id = k.statement_id
      where k.state = ${state}
        ${after ? sql`and (k.received_on, k.id) < (select received_on, id from bank_credits where id = ${after})` : sql``}
      order by k.received_on desc, k.id desc limit ${limit + 1}`,
    ),
    rowsOf<{ state: CreditState; count: string; amount: string }>(
      ctx,
      sql`select state, count(*) as count, sum(amount_minor) as amount from bank_credits group by state`,
    ),
  ]);
  const page = rows.slice(0, limit).map((row) => ({ ...listed(row), legalEntityId: row.legal_entity_id ?? "" }));
  const ids = page.map((credit) => credit.creditId);
  const [suggestions, parts] = await Promise.all([
    state === "unknown"
      ? findCandidates(
          ctx,
          page.map((credit) => ({ ...credit, id: credit.creditId })),
        )
      : null,
    state === "matched" ? listParts(ctx, ids) : null,
  ]);
  const totals = CREDIT_STATES.map((one) => {
    const row = sums.find((sum) => sum.state === one);
    return [one, { count: Number(row?.count ?? 0), amountMinor: BigInt(row?.amount ?? 0) }];
  });
  return {
    credits: page.map(({ legalEntityId: _own, ...credit }) => ({
      ...credit,
      suggestions: suggestions?.get(credit.creditId)?.slice(0, MOST_SUGGESTED) ?? [],
      parts: parts?.get(credit.creditId) ?? [],
    })),
    after: rows.length > limit ? (ids.at(-1) ?? null) : null,
    totals: Object.fromEntries(totals),
  };
}

function listed(row: Record<string, string>) {
  return {
    creditId: row.id ?? "",
    number: row.number ?? "",
    documentedOn: row.documented_on as Day,
    receivedOn: row.received_on as Day,
    amountMinor: BigInt(row.amount_minor ?? 0),
    payerName: row.payer_name ?? "",
    payerInn: row.payer_inn ?? "",
    payerAccount: row.payer_account ?? "",
    purpose: row.purpose ?? "",
    fileName: row.file_name ?? "",
    line: Number(row.line),
  };
}

async function listParts(ctx: Context, creditIds: readonly string[]): Promise<Map<string, PlacedPart[]>> {
  const rows = await rowsOf<Record<string, string | null> & { reasons: Evidence[] }>(
    ctx,
    sql`
    select m.credit_id, m.account_id, a.number, c.name, m.amount_minor, m.confidence, m.reasons, m.matched_at, u.display_name
    from bank_matches m
    join accounts a on a.id = m.account_id
    join customers c on c.id = a.customer_id
    left join users u on m.matched_by = 'user:' || u.id and m.confidence is null
    where m.credit_id = ${anyOf(creditIds, "uuid")} order by m.id`,
  );
  return Map.groupBy(
    rows.map((row) => ({
      creditId: String(row.credit_id),
      accountId: String(row.account_id),
      accountNumber: String(row.number),
      customerName: String(row.name),
      amountMinor: BigInt(row.amount_minor ?? 0),
      confidence: row.confidence === null ? null : Number(row.confidence),
      reasons: row.reasons,
      byName: row.display_name ?? null,
      matchedAt: new Date(String(row.matched_at)),
    })),
    (part) => part.creditId,
  );
}
