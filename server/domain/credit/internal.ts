import { and, desc, eq } from "drizzle-orm";
import { settings, temporaryLimits } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { readAccount } from "@/server/domain/crm";
import { listPaymentsBooked } from "@/server/domain/ledger";
import { type NextCharge, readNextCharge } from "@/server/domain/runs";
import { listSubscriptions } from "@/server/domain/subscriptions";
import { addMonths, type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { PROMISED_SETTING } from "./constants";
import { fullMonths } from "./rules/full-months";
import type { PromisedFacts } from "./rules/promised-offer";
import { PromisedPolicy } from "./schema";

/** The operator's terms: the setting over the defaults. A setting that does not fit throws, and nothing is promised by it. */
export async function readPromisedPolicy(ctx: Pick<Context, "db">): Promise<PromisedPolicy> {
  const [row] = await ctx.db.select().from(settings).where(eq(settings.key, PROMISED_SETTING));
  return PromisedPolicy.parse(row?.value ?? {});
}

const HISTORY_MONTHS = 12;

/** Everything that the rule asks about an account. `money` is the account's own next charge, when it was read already. */
export async function readPromisedFacts(ctx: Context, accountId: string, money?: NextCharge): Promise<PromisedFacts> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [next, { account }, catalog, subscriptions, promises, payments] = await Promise.all([
    money ?? readNextCharge(ctx, accountId),
    readAccount(ctx, accountId),
    readCatalog(ctx),
    listSubscriptions(ctx, [accountId], today),
    readPromises(ctx, accountId),
    listPaymentsBooked(ctx, accountId, addMonths(today, -HISTORY_MONTHS)),
  ]);
  const running = (subscriptions.get(accountId) ?? []).filter((row) => row.startedOn <= today);
  const [last] = promises;
  const count = (outcome: string) => promises.filter((promise) => promise.outcome === outcome).length;
  return {
    today,
    closed: account.closedOn !== null && account.closedOn <= today,
    heldByBlock: next.blocked === "administrative" || next.blocked === "voluntary",
    inForce: promises.some((promise) => promise.closedAt === null),
    needMinor: isShut(next, today) ? next.missingMinor : 0n,
    periodFeeMinor: next.periodFeeMinor,
    tariffCodes: running.flatMap((row) => catalog.tariffs.get(row.tariffId)?.code ?? []),
    lastPromiseOn: last ? dayIn(last.fromAt, ctx.zone) : null,
    paidSinceLast: last !== undefined && payments.some((payment) => payment.occurredAt > last.fromAt),
    tenureMonths: fullMonths(account.openedOn, today),
    paidMonths: new Set(payments.map((payment) => payment.bookedOn.slice(0, 7))).size,
    kept: count("kept"),
    broken: count("broken"),
  };
}

/** Closed for money, or about to be by the next look: what is due cannot be charged, or a debt is beyond every limit. */
export function isShut(money: NextCharge, today: Day): boolean {
  return money.debtMinor > 0n || (money.missingMinor > 0n && money.chargeOn === today);
}

/** All there were, the latest first. Few have more than one a month. */
function readPromises(ctx: Context, accountId: string) {
  return ctx.db
    .select()
    .from(temporaryLimits)
    .where(and(eq(temporaryLimits.accountId, accountId), eq(temporaryLimits.kind, "promised")))
    .orderBy(desc(temporaryLimits.fromAt));
}
