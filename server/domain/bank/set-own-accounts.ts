import { inArray } from "drizzle-orm";
import { legalEntities } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { lockSettings, readSettings, writeSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { BANK_SETTINGS } from "./constants";
import { SetOwnAccountsInput } from "./schema";

/**
 * Says which accounts in banks are the operator's own; statements that were taken stay as they are. Refuses, at the field: an account
 * that is there twice (`bank.account_twice`), a company that is not (`legal_entity.not_found`); and accounts that somebody else has
 * changed since they were read (`setting.changed_meanwhile`).
 */
export async function setOwnAccounts(ctx: Context, raw: SetOwnAccountsInput): Promise<void> {
  requirePermission(ctx, "bank:set_accounts");
  const { seen, accounts } = SetOwnAccountsInput.parse(raw);
  const twice = accounts.find((one, place) => accounts.findIndex(({ number }) => number === one.number) !== place);
  if (twice) throw new DomainError("invalid", "bank.account_twice", { field: "accounts", number: twice.number });
  const { key } = BANK_SETTINGS.ownAccounts;
  await withTransaction(ctx, async (tx) => {
    await lockSettings(tx, [key], seen);
    const wanted = [...new Set(accounts.map((one) => one.legalEntityId))];
    const [before, found] = await Promise.all([
      readSettings(tx, BANK_SETTINGS),
      tx.db.select({ id: legalEntities.id }).from(legalEntities).where(inArray(legalEntities.id, wanted)),
    ]);
    if (found.length !== wanted.length) throw new DomainError("not_found", "legal_entity.not_found");
    const changed = await writeSettings(tx, { [key]: accounts });
    await record(tx, {
      audit: changed.map(() => ({
        action: "bank.set_accounts",
        entity: "setting",
        entityId: key,
        before: before.ownAccounts,
        after: accounts,
      })),
    });
  });
}
