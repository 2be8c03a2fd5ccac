import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { requireSandbox } from "./internal";

export interface ListedCopy {
  readonly copyId: string;
  readonly ordinal: number;
  readonly sourceAccountId: string;
  /** The source's own number with the copy's behind it: `100001/3`. */
  readonly accountNumber: string;
  readonly copiedAt: Date;
  readonly clockAt: Date;
  readonly balanceMinor: Minor;
}

/** All copies of a sandbox, the latest first; a person makes them, so there are few. */
export async function listCopies(ctx: Context): Promise<ListedCopy[]> {
  requirePermission(ctx, "sandbox:use");
  await requireSandbox(ctx);
  const rows = await rowsOf<Record<string, string | number>>(
    ctx,
    sql`
    select c.account_id, c.ordinal, c.source_account_id, a.number, c.copied_at, c.clock_at, b.balance_minor
    from sandbox_copies c join accounts a on a.id = c.account_id join account_balances b on b.account_id = c.account_id
    order by c.ordinal desc`,
  );
  return rows.map((row) => ({
    copyId: String(row.account_id),
    ordinal: Number(row.ordinal),
    sourceAccountId: String(row.source_account_id),
    accountNumber: String(row.number),
    copiedAt: new Date(row.copied_at ?? ""),
    clockAt: new Date(row.clock_at ?? ""),
    balanceMinor: BigInt(row.balance_minor ?? 0),
  }));
}
