import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { accounts, discounts, subscriptions } from "@/db/schema";
import { claimPromoCode, type GrantedDiscount, promoKey } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { givePointBack, takePoint } from "@/server/platform/rate-limit";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { WRONG_PROMO_CODES } from "./constants";
import { RedeemPromoCodeInput } from "./schema";

export interface RedeemedPromoCode {
  readonly code: string;
  readonly percentBp: number | null;
  readonly amountMinor: Minor | null;
  readonly validTo: Day | null;
  /** Null = every one of the account. */
  readonly subscriptionIds: readonly string[] | null;
}

/**
 * Redeems a promo code on an account: a discount from today for the months the code says. Its limits hold however many redeem
 * at once: the code's row is locked, and a redemption stands under two unique keys. A subscriber who guesses at codes is
 * stopped for a while (`promo.too_many_attempts`). The same key again is the same redemption. Refuses by name: `promo.unknown`,
 * `promo.not_yet`, `promo.over`, `promo.used_up`, `promo.already_redeemed`, `promo.other_tariffs`, `promo.key_reused`.
 */
export async function redeemPromoCode(ctx: Context, raw: RedeemPromoCodeInput): Promise<RedeemedPromoCode> {
  const scope = requirePermission(ctx, "promo:redeem");
  const input = RedeemPromoCodeInput.parse(raw);
  const run = () =>
    withTransaction(ctx, async (tx) => {
      await requireAccounts(tx, scope, [input.accountId]);
      // First, so that two presses of one key come one after the other.
      await lockBalances(tx, [input.accountId]);
      return (await findRedeemed(tx, input)) ?? redeem(tx, input);
    });
  return scope.kind === "customer" ? withoutGuessing(ctx, scope.customerId, run) : run();
}

/** Counted beside the transaction, so that a refusal's rollback does not forget the attempt; only unknown codes count. */
async function withoutGuessing<T>(ctx: Context, customerId: string, run: () => Promise<T>): Promise<T> {
  const key = `promo:${customerId}`;
  const answer = await takePoint(ctx, key, WRONG_PROMO_CODES);
  if (!answer.taken) {
    const minutes = Math.max(1, Math.ceil(answer.retryAfterMs / 60_000));
    throw new DomainError("rate_limited", "promo.too_many_attempts", { minutes });
  }
  try {
    const done = await run();
    await givePointBack(ctx, key);
    return done;
  } catch (error) {
    if (!isDomainError(error) || error.reason !== "promo.unknown") await givePointBack(ctx, key);
    throw error;
  }
}

/** What the key has already redeemed; null when it is new. One redemption writes all of its discounts in one transaction. */
async function findRedeemed(
  tx: Context,
  { accountId, code, requestKey }: RedeemPromoCodeInput,
): Promise<RedeemedPromoCode | null> {
  const made = alias(discounts, "made");
  const written = tx.db
    .select({ at: made.createdAt })
    .from(made)
    .where(and(eq(made.accountId, accountId), eq(made.id, requestKey)));
  const rows = await tx.db
    .select()
    .from(discounts)
    .where(and(eq(discounts.accountId, accountId), eq(discounts.createdAt, sql`(${written})`)));
  if (rows.length === 0) return null;
  const isSame = rows.every((row) => row.source === "promo" && row.label === promoKey(code));
  if (!isSame) throw new DomainError("conflict", "promo.key_reused");
  return redeemedOf(promoKey(code), rows);
}

async function redeem(tx: Context, { accountId, code, requestKey }: RedeemPromoCodeInput): Promise<RedeemedPromoCode> {
  const today = dayIn(tx.now(), tx.zone);
  const [account] = await tx.db
    .select({ customerId: accounts.customerId })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!account) throw new DomainError("not_found", "account.not_found");
  const candidates = await tx.db
    .select({ subscriptionId: subscriptions.id, tariffId: subscriptions.tariffId })
    .from(subscriptions)
    .where(
      and(eq(subscriptions.accountId, accountId), or(isNull(subscriptions.endedOn), gt(subscriptions.endedOn, today))),
    )
    .orderBy(asc(subscriptions.startedOn), asc(subscriptions.id));
  const claim = await claimPromoCode(tx, { accountId, customerId: account.customerId, code, candidates });
  const rows = claim.granted.map((grant, place) => ({
    accountId,
    id: place === 0 ? requestKey : tx.newId(),
    source: "promo",
    label: claim.code,
    ...grant,
  }));
  await tx.db.insert(discounts).values(rows);
  const after = redeemedOf(claim.code, rows);
  await record(tx, {
    audit: [{ action: "promo.redeem", entity: "promo_code", entityId: claim.promoCodeId, accountId, after }],
    events: [{ type: "promo.redeemed", accountId, payload: { code: claim.code } }],
  });
  return after;
}

function redeemedOf(code: string, granted: readonly GrantedDiscount[]): RedeemedPromoCode {
  const [first] = granted;
  return {
    code,
    percentBp: first?.percentBp ?? null,
    amountMinor: first?.amountMinor ?? null,
    validTo: first?.validTo ?? null,
    subscriptionIds:
      first?.subscriptionId === null ? null : granted.flatMap(({ subscriptionId }) => subscriptionId ?? []),
  };
}
