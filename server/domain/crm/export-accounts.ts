import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { type ListedAccount, listAccounts } from "./list-accounts";
import { ListAccountsInput } from "./schema";

const PAGE = 200;

/**
 * Every account that the filter leaves, in the order of the list, page by page, so that a file of any length takes the
 * memory of one page. That somebody took the list away, and which, is written to the audit before the first row.
 */
export async function exportAccounts(
  ctx: Context,
  raw: ListAccountsInput,
): Promise<AsyncGenerator<readonly ListedAccount[]>> {
  requirePermission(ctx, "customer:search");
  const { after: _after, before: _before, limit: _limit, ...list } = ListAccountsInput.parse(raw);
  await withTransaction(ctx, (tx) =>
    record(tx, { audit: [{ action: "account.export", entity: "account_list", entityId: ctx.requestId, after: list }] }),
  );
  return pages(ctx, list);
}

async function* pages(ctx: Context, list: ListAccountsInput): AsyncGenerator<readonly ListedAccount[]> {
  let after: string | null | undefined;
  do {
    const page = await listAccounts(ctx, { ...list, limit: PAGE, ...(after && { after }) });
    if (page.accounts.length > 0) yield page.accounts;
    after = page.after;
  } while (after);
}
