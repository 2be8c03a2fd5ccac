import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { readSettings, readStored } from "@/server/platform/settings";
import { BANK_SETTINGS, type OwnAccounts } from "./constants";

export interface OwnAccountsReading {
  readonly accounts: OwnAccounts;
  readonly legalEntities: readonly { readonly id: string; readonly name: string }[];
  /** To be said by whoever changes them. */
  readonly mark: string;
}

/** The operator's own accounts in banks, and the companies that may have them. */
export async function readOwnAccounts(ctx: Context): Promise<OwnAccountsReading> {
  requirePermission(ctx, "bank:read");
  const [{ ownAccounts }, { mark }, legalEntities] = await Promise.all([
    readSettings(ctx, BANK_SETTINGS),
    readStored(ctx, [BANK_SETTINGS.ownAccounts.key]),
    rowsOf<{ id: string; name: string }>(ctx, sql`select id, name from legal_entities order by created_at, id`),
  ]);
  return { accounts: ownAccounts, legalEntities, mark };
}
