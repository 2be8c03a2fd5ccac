import { sql } from "drizzle-orm";
import { bankStatements } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { actorLabel, type Context } from "@/server/platform/context";
import { record, toJson } from "@/server/platform/record";
import { rowsOf, tableOf } from "@/server/platform/rows";
import { readSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { BANK_SETTINGS, DOCUMENT_SORTS, type DocumentSort } from "./constants";
import { findCandidates } from "./find-candidates";
import { placeMoney } from "./internal";
import type { StatementFile } from "./ports";
import { parseStatement, type Statement, type StatementDocument } from "./rules/parse-statement";
import { sortDocument } from "./rules/sort-document";
import { statementFault } from "./rules/statement-fault";
import { certainOf } from "./rules/weigh-accounts";

export interface Tally {
  readonly count: number;
  readonly amountMinor: Minor;
}

export interface StatementReport {
  readonly outcome: "taken" | "unchanged";
  readonly statementId: string | null;
  readonly file: { readonly name: string; readonly sha256: string; readonly encoding: string };
  readonly from: Day | null;
  readonly to: Day | null;
  /** By what they are to us; `credit` = posted + queued + repeated. */
  readonly documents: Readonly<Record<DocumentSort, Tally>>;
  /** Put on an account by the rule. */
  readonly posted: Tally;
  /** Waits for a person. */
  readonly queued: Tally;
  /** Was here before, in this file or another. */
  readonly repeated: Tally;
  /** Lines of documents that repeat another by everything but the purpose: looked at by a person, never taken. */
  readonly doubtful: readonly number[];
  /** Own accounts whose turnover, by the bank's own head, is not what its documents come to. */
  readonly turnovers: readonly { readonly account: string; readonly saidMinor: Minor; readonly foundMinor: Minor }[];
}

type Fresh = StatementDocument & { readonly id: string; readonly legalEntityId: string; readonly receivedOn: Day };

/**
 * Takes a statement in: credits to the operator's own accounts are put on subscribers' accounts where the rule is certain, as payments,
 * and the rest waits in the queue. All of a file or nothing. A document that is here already, from whatever file, changes nothing: it is
 * known by own account, day, number, sum, payer's account and BIC.
 *
 * Throws `invalid` (`bank.<fault>`, with the line) for a statement that is broken, and `bank.no_own_accounts` while the operator has not
 * said which accounts are its own.
 */
export async function importStatement(ctx: Context, file: StatementFile): Promise<StatementReport> {
  requirePermission(ctx, "bank:take");
  const statement = parseStatement(file.text);
  return withTransaction(ctx, async (tx) => {
    // Statements are taken one by one: what is new in this one is decided once.
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext('bank_statements'))`);
    const { ownAccounts } = await readSettings(tx, BANK_SETTINGS);
    if (ownAccounts.length === 0) throw statementFault("no_own_accounts");
    const own = new Map(ownAccounts.map((one) => [one.number, one.legalEntityId]));
    const sorted = sortAll(statement, own);
    const { fresh, repeated, doubtful } = await sift(tx, sorted.credits, own);
    const facts = {
      file: { name: file.name, sha256: file.sha256, encoding: file.encoding },
      ...{ from: statement.from, to: statement.to, documents: sorted.tallies, doubtful },
      repeated: tallyOf(repeated),
      turnovers: turnoversOf(statement, sorted.credits, own),
    };
    if (fresh.length === 0) {
      return { ...facts, outcome: "unchanged", statementId: null, posted: tallyOf([]), queued: tallyOf([]) };
    }
    const matched = await weigh(tx, fresh);
    const posted = fresh.filter((one) => matched.has(one.id));
    const report: StatementReport = {
      ...facts,
      outcome: "taken",
      statementId: tx.newId(),
      posted: tallyOf(posted),
      queued: tallyOf(fresh.filter((one) => !matched.has(one.id))),
    };
    await write(tx, report, fresh);
    await placeMoney(
      tx,
      posted.flatMap(({ id: creditId, receivedOn, amountMinor }) => {
        const match = matched.get(creditId);
        return match ? [{ creditId, receivedOn, amountMinor, ...match }] : [];
      }),
    );
    await recordTaking(tx, report);
    return report;
  });
}

const tallyOf = (some: readonly StatementDocument[]): Tally => ({
  count: some.length,
  amountMinor: some.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
});

function sortAll({ documents }: Statement, own: ReadonlyMap<string, string>) {
  const keys = new Set(own.keys());
  const groups = Map.groupBy(documents, (document) => sortDocument(document, keys));
  const tallies = Object.fromEntries(DOCUMENT_SORTS.map((sort) => [sort, tallyOf(groups.get(sort) ?? [])]));
  return { credits: groups.get("credit") ?? [], tallies: tallies as Record<DocumentSort, Tally> };
}

/** What a document is known by. */
const keyOf = (document: StatementDocument) =>
  [
    document.payee.account,
    document.documentedOn,
    document.number,
    document.amountMinor,
    document.payer.account,
    document.payer.bic,
  ].join("\u0000");

/** Parts what is new from what was here before, in the database or further up in the file. */
async function sift(tx: Context, credits: readonly StatementDocument[], own: ReadonlyMap<string, string>) {
  const rows = await rowsOf<{ place: string; purpose: string }>(
    tx,
    sql`
    select d.place, k.purpose from ${tableOf(credits, {
      own_account: ["text", (one) => one.payee.account],
      documented_on: ["date", (one) => one.documentedOn],
      number: ["text", (one) => one.number],
      amount_minor: ["bigint", (one) => one.amountMinor],
      payer_account: ["text", (one) => one.payer.account],
      payer_bic: ["text", (one) => one.payer.bic],
    })} d
    join bank_credits k using (own_account, documented_on, number, amount_minor, payer_account, payer_bic)`,
  );
  const seen = new Map<string, string>();
  for (const { place, purpose } of rows) {
    const document = credits[Number(place) - 1];
    if (document) seen.set(keyOf(document), purpose);
  }
  const fresh: Fresh[] = [];
  const repeated: StatementDocument[] = [];
  const doubtful: number[] = [];
  for (const document of credits) {
    const key = keyOf(document);
    const before = seen.get(key);
    const legalEntityId = own.get(document.payee.account);
    const { receivedOn } = document;
    if (before !== undefined || !legalEntityId || receivedOn === null) {
      repeated.push(document);
      if (before !== document.purpose) doubtful.push(document.line);
      continue;
    }
    seen.set(key, document.purpose);
    fresh.push({ ...document, receivedOn, legalEntityId, id: tx.newId() });
  }
  return { fresh, repeated, doubtful };
}

function turnoversOf(
  { turnovers }: Statement,
  credits: readonly StatementDocument[],
  own: ReadonlyMap<string, string>,
) {
  const said = new Map<string, Minor>();
  for (const { account, receivedMinor } of turnovers) {
    if (receivedMinor !== null && own.has(account)) said.set(account, (said.get(account) ?? 0n) + receivedMinor);
  }
  return [...said]
    .map(([account, saidMinor]) => ({
      account,
      saidMinor,
      foundMinor: tallyOf(credits.filter((one) => one.payee.account === account)).amountMinor,
    }))
    .filter(({ saidMinor, foundMinor }) => saidMinor !== foundMinor);
}

async function weigh(tx: Context, fresh: readonly Fresh[]) {
  const suggestions = await findCandidates(
    tx,
    fresh.map(({ id, legalEntityId, amountMinor, payer, purpose }) => ({
      ...{ id, legalEntityId, amountMinor, purpose, payerAccount: payer.account, payerInn: payer.inn },
    })),
  );
  return new Map(
    fresh.flatMap(({ id }) => {
      const certain = certainOf(suggestions.get(id) ?? []);
      return certain ? [[id, certain] as const] : [];
    }),
  );
}

async function write(tx: Context, report: StatementReport, fresh: readonly Fresh[]): Promise<void> {
  const statementId = report.statementId ?? "";
  await tx.db.insert(bankStatements).values({
    id: statementId,
    fileName: report.file.name,
    fileSha256: report.file.sha256,
    encoding: report.file.encoding,
    fromOn: report.from,
    toOn: report.to,
    report: JSON.parse(toJson(report)),
    takenAt: tx.now(),
    takenBy: actorLabel(tx.actor),
  });
  await tx.db.execute(sql`
    insert into bank_credits (id, statement_id, line, legal_entity_id, own_account, number, documented_on, received_on, amount_minor,
                              payer_account, payer_bic, payer_inn, payer_name, purpose, raw, state)
    select k.id, ${statementId}, k.line, k.legal_entity_id, k.own_account, k.number, k.documented_on, k.received_on, k.amount_minor,
           k.payer_account, k.payer_bic, k.payer_inn, k.payer_name, k.purpose, k.raw, 'unknown'
    from ${tableOf(fresh, {
      id: ["uuid", (one) => one.id],
      line: ["int", (one) => one.line],
      legal_entity_id: ["uuid", (one) => one.legalEntityId],
      own_account: ["text", (one) => one.payee.account],
      number: ["text", (one) => one.number],
      documented_on: ["date", (one) => one.documentedOn],
      received_on: ["date", (one) => one.receivedOn],
      amount_minor: ["bigint", (one) => one.amountMinor],
      payer_account: ["text", (one) => one.payer.account],
      payer_bic: ["text", (one) => one.payer.bic],
      payer_inn: ["text", (one) => one.payer.inn],
      payer_name: ["text", (one) => one.payer.name],
      purpose: ["text", (one) => one.purpose],
      raw: ["jsonb", (one) => JSON.stringify(one.raw)],
    })} k`);
}

async function recordTaking(tx: Context, report: StatementReport): Promise<void> {
  const { statementId, file, posted, queued, repeated } = report;
  const told = { file: file.name, posted, queued, repeated };
  await record(tx, {
    audit: [{ action: "bank.import", entity: "bank_statement", entityId: statementId ?? "", after: told }],
    events: [{ type: "statement.imported", accountId: null, payload: { statementId, ...told } }],
  });
}
