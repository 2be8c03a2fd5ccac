import { sql } from "drizzle-orm";
import { recordPayments } from "@/server/domain/payments";
import { type Day, dayIn, earlierDay, startOfDay } from "@/server/kernel/day";
import { actorLabel, type Context } from "@/server/platform/context";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";

/** A credit, or a part of one, and the account it goes to. */
export interface NewMatch {
  readonly creditId: string;
  readonly receivedOn: Day;
  readonly accountId: string;
  readonly amountMinor: bigint;
  /** Of the rule; null when a person said so. */
  readonly confidence: number | null;
  readonly reasons: readonly string[];
}

/**
 * Puts money on accounts and posts it as payments, inside a verb's transaction that holds the credits. Booked today, paid on the day
 * the bank had it (no later than today), which decides the VAT of an advance.
 */
export async function placeMoney(tx: Context, matches: readonly NewMatch[]): Promise<void> {
  if (matches.length === 0) return;
  const rows = matches.map((match) => ({ ...match, id: tx.newId() }));
  const today = dayIn(tx.now(), tx.zone);
  await recordPayments(
    tx,
    rows.map(({ id, accountId, amountMinor, receivedOn }) => ({
      ...{ accountId, amountMinor, provider: "bank" as const, externalId: id, bookedOn: today },
      paidAt: startOfDay(earlierDay(receivedOn, today), tx.zone),
    })),
  );
  await tx.db.execute(sql`
    insert into bank_matches (account_id, id, credit_id, amount_minor, confidence, reasons, matched_by, matched_at)
    select m.account_id, m.id, m.credit_id, m.amount_minor, m.confidence, m.reasons, ${actorLabel(tx.actor)},
           ${tx.now().toISOString()}::timestamptz
    from ${tableOf(rows, {
      account_id: ["uuid", (row) => row.accountId],
      id: ["uuid", (row) => row.id],
      credit_id: ["uuid", (row) => row.creditId],
      amount_minor: ["bigint", (row) => row.amountMinor],
      confidence: ["smallint", (row) => row.confidence],
      reasons: ["jsonb", (row) => JSON.stringify(row.reasons)],
    })} m`);
  await tx.db.execute(sql`
    update bank_credits set state = 'matched' where id = ${anyOf([...new Set(rows.map((row) => row.creditId))], "uuid")}`);
}

/** Accounts by their numbers, of one company; those that are not there are left out. */
export async function accountsByNumber(
  tx: Context,
  legalEntityId: string,
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; number: string }>(
    tx,
    sql`
    select a.id, a.number from accounts a join contracts c on c.id = a.contract_id
    where a.number = ${anyOf(numbers, "text")} and c.legal_entity_id = ${legalEntityId}`,
  );
  return new Map(rows.map((row) => [row.number, row.id]));
}
