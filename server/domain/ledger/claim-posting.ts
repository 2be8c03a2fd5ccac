import { sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/**
 * Claims the natural key of a single posting, `payment:<id>`. False when it was claimed before: the posting has already
 * happened, and the caller changes nothing. Waits for another transaction that is claiming the same key.
 */
export async function claimPosting(tx: Context, accountId: string, key: string, bookedOn: Day): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`insert into posting_keys (account_id, key, booked_on) values (${accountId}, ${key}, ${bookedOn})
        on conflict do nothing returning key`,
  );
  return rows.length === 1;
}
