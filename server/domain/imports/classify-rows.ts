import { sql } from "drizzle-orm";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";
import type { RowProblem } from "./rules/read-row";
import type { Scan, ScannedRow } from "./scan-file";
import type { Mapping } from "./schema";

export interface Classified {
  /** Ids that are not in the database yet. */
  readonly fresh: ReadonlySet<string>;
  /** Ids that were imported before and say the same now. */
  readonly unchanged: ReadonlySet<string>;
  /** Known ids that say something else, and new ones whose numbers belong to others. */
  readonly problems: readonly RowProblem[];
}

const LOOKUP_CHUNK = 5_000;

/** Good rows against what is there. Under the import's lock, so nobody imports the same source meanwhile. */
export async function classifyRows(tx: Context, mapping: Mapping, good: Scan["good"]): Promise<Classified> {
  const fresh = new Set<string>();
  const unchanged = new Set<string>();
  const problems: RowProblem[] = [];
  for (const chunk of chunksOf([...good], LOOKUP_CHUNK)) {
    const known = await hashesOf(
      tx,
      mapping.source,
      chunk.map(([id]) => id),
    );
    const unknown = chunk.filter(([id]) => !known.has(id));
    const taken = await takenNumbers(
      tx,
      unknown.map(([, row]) => row),
    );
    for (const [externalId, row] of chunk) {
      const said = { line: row.line, externalId, column: null };
      const hash = known.get(externalId);
      if (hash === row.hash) unchanged.add(externalId);
      else if (hash !== undefined) problems.push({ ...said, fault: "changed", value: null });
      else if (taken.accounts.has(row.accountNumber)) {
        problems.push({ ...said, fault: "account_taken", value: row.accountNumber });
      } else if (taken.contracts.has(row.contractNumber)) {
        problems.push({ ...said, fault: "contract_taken", value: row.contractNumber });
      } else if (row.login !== null && taken.logins.has(row.login)) {
        problems.push({ ...said, fault: "login_taken", value: row.login });
      } else fresh.add(externalId);
    }
  }
  return { fresh, unchanged, problems };
}

async function hashesOf(tx: Context, source: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ external_id: string; row_hash: string }>(
    tx,
    sql`select external_id, row_hash from import_rows where source = ${source} and external_id = any(${pgArray(ids, "text")})`,
  );
  return new Map(rows.map((row) => [row.external_id, row.row_hash]));
}

async function takenNumbers(tx: Context, rows: readonly ScannedRow[]) {
  const column = (pick: (row: ScannedRow) => string | null) => pgArray(rows.map(pick), "text");
  const found = await rowsOf<{ what: string; number: string }>(
    tx,
    sql`
    select 'account' as what, number from accounts where number = any(${column((row) => row.accountNumber)})
    union all
    select 'contract', number from contracts where number = any(${column((row) => row.contractNumber)})
    union all
    select 'login', login from services where login = any(${column((row) => row.login)})`,
  );
  const numbersOf = (what: string) => new Set(found.filter((row) => row.what === what).map((row) => row.number));
  return { accounts: numbersOf("account"), contracts: numbersOf("contract"), logins: numbersOf("login") };
}
