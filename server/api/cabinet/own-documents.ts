import { readAccount } from "@/server/domain/crm";
import { listDocuments, listDrafts, readDocument, readMonthComparison } from "@/server/domain/invoices";
import { readNextCharge } from "@/server/domain/runs";
import { dayIn, monthStart } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { withSnapshot } from "@/server/platform/snapshot";
import { chooseAccount, readOwnAccounts } from "./own-accounts";

type AccountQuery = { accountId?: string | undefined };

const DOCUMENTS = 120;

/** The documents of one's account, newest first, what waits for one, and whether a «счёт на оплату» may be asked for. */
export function readOwnDocuments(ctx: Context, input: AccountQuery) {
  return withSnapshot(ctx, async (snapshot) => {
    const { id, number } = chooseAccount(await readOwnAccounts(snapshot), input.accountId);
    const [documents, drafts, { customer }] = await Promise.all([
      listDocuments(snapshot, { accountId: id, limit: DOCUMENTS }),
      listDrafts(snapshot, id),
      readAccount(snapshot, id),
    ]);
    const mayRequest = customer.kind !== "person";
    return {
      account: { id, number },
      today: dayIn(snapshot.now(), snapshot.zone),
      documents,
      drafts,
      mayRequest,
      recommendedMinor: mayRequest ? await recommended(snapshot, id) : 0n,
    };
  });
}

/** What would cover the next charge; one whole period when nothing is missing. */
async function recommended(ctx: Context, accountId: string): Promise<bigint> {
  const money = await readNextCharge(ctx, accountId);
  return money.recommendedMinor > 0n ? money.recommendedMinor : money.periodFeeMinor;
}

export async function readOwnDocument(ctx: Context, input: AccountQuery & { slug: string }) {
  const { id, number } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
  return { account: { id, number }, document: await readDocument(ctx, { accountId: id, slug: input.slug }) };
}

/** This month against the last. */
export async function readOwnComparison(ctx: Context, input: AccountQuery) {
  const { id } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
  return readMonthComparison(ctx, { accountId: id, month: monthStart(dayIn(ctx.now(), ctx.zone)) });
}
