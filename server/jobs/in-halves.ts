import { isDatabaseAway } from "@/server/platform/transaction";

/**
 * Does a chunk of accounts; when it fails for a reason nobody foresaw, its halves, down to the one account that fails, of which
 * `failed` tells. A database that is away fails them all, so a lost connection ends the work, to be tried again.
 */
export async function inHalves<T>(
  accountIds: readonly string[],
  work: (chunk: readonly string[]) => Promise<T>,
  failed: (accountId: string, error: unknown) => T,
): Promise<T[]> {
  try {
    return [await work(accountIds)];
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    const [only] = accountIds;
    if (accountIds.length === 1 && only) return [failed(only, error)];
    const half = Math.ceil(accountIds.length / 2);
    const first = await inHalves(accountIds.slice(0, half), work, failed);
    return [...first, ...(await inHalves(accountIds.slice(half), work, failed))];
  }
}
