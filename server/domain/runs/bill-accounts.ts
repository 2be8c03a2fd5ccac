import { z } from "zod";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { momentOf } from "@/server/domain/rating";
import type { SubscriptionKey } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { type NewEvent, record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { PERIOD } from "./constants";
import { chargeAccounts, type Parked, type Rated } from "./internal";
import { monthOf, runMoment } from "./rules/run-moment";

/** One chunk: more accounts than this in one transaction gain nothing and hold locks for longer. */
export const MAX_ACCOUNTS = 10_000;

export const BillAccountsInput = z.object({
  accountIds: z.array(z.uuid()).max(MAX_ACCOUNTS),
  /** "2026-10": what that month still owes, as a run of it charges; without it, what is due today. */
  month: z.string().regex(PERIOD).optional(),
});
export type BillAccountsInput = z.input<typeof BillAccountsInput>;

export interface BilledAccounts {
  readonly charged: number;
  readonly refused: number;
  /** Nothing was due. */
  readonly skipped: number;
  /** Accounts that could not be rated, each with its reason; nothing of theirs was written. */
  readonly parked: readonly Parked[];
  readonly chargedMinor: Minor;
  /** Given back for days that were paid for and lost. */
  readonly creditedMinor: Minor;
  /** Accounts whose financial block opened or closed, or whose tariff changed: their services have to follow. */
  readonly turned: readonly string[];
}

/**
 * Charges what is due today on the accounts (or what a month still owes), gives back what was paid for and lost, and makes the tariff changes whose day has
 * come, through the money gate. Running it again, or on two machines at once, adds nothing: accounts are locked and a charge's
 * key is unique. charged + refused + skipped + parked = the open accounts asked for.
 */
export async function billAccounts(ctx: Context, raw: BillAccountsInput): Promise<BilledAccounts> {
  const scope = requirePermission(ctx, "billing:charge");
  const { accountIds, month } = BillAccountsInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    if (scope.kind === "customer") await requireAccounts(tx, scope, accountIds);
    const now = dayIn(tx.now(), tx.zone);
    const moment = month === undefined ? momentOf(now) : runMoment(monthOf(month), now);
    const { today } = moment;
    const { rated, parked, written } = await chargeAccounts(tx, accountIds, moment);
    const summary = { ...countOutcomes(rated), parked, creditedMinor: written.creditedMinor, turned: written.turned };
    if (summary.charged + written.turned.length > 0 || summary.creditedMinor > 0n) {
      await record(tx, {
        audit: [
          {
            action: "billing.charge",
            entity: "charges",
            entityId: today,
            after: { ...summary, turned: summary.turned.length },
          },
        ],
        events: chargeEvents(rated, written.opened, today),
      });
    }
    return summary;
  });
}

/** Each account once: charged (or given back), or refused, or nothing was due. */
export function countOutcomes(rated: readonly Rated[]) {
  let [charged, refused, skipped, chargedMinor] = [0, 0, 0, 0n];
  for (const { outcome } of rated) {
    if (outcome.charges.length + outcome.credits.length > 0) charged += 1;
    else if (outcome.refused.length > 0) refused += 1;
    else skipped += 1;
    for (const charge of outcome.charges) chargedMinor += charge.amountMinor;
  }
  return { charged, refused, skipped, chargedMinor };
}

/** What happened, as the outbox tells it. */
export function chargeEvents(rated: readonly Rated[], opened: readonly SubscriptionKey[], today: Day): NewEvent[] {
  return [...moneyEvents(rated, today), ...refusedEvents(rated, opened)];
}

/** A chunk of one tells its own account's story; a large chunk tells its totals, and the charges themselves are the facts. */
function moneyEvents(rated: readonly Rated[], today: Day): NewEvent[] {
  const accountId = rated.length === 1 && rated[0] ? rated[0].snapshot.accountId : null;
  const told = (type: NewEvent["type"], sums: readonly Minor[]): NewEvent[] => {
    const some = sums.filter((sum) => sum > 0n);
    const amountMinor = some.reduce((total, sum) => total + sum, 0n);
    return some.length === 0 ? [] : [{ type, accountId, payload: { day: today, accounts: some.length, amountMinor } }];
  };
  const sum = (lines: readonly { readonly amountMinor: Minor }[]) =>
    lines.reduce((total, line) => total + line.amountMinor, 0n);
  return [
    ...told(
      "account.charged",
      rated.map(({ outcome }) => sum(outcome.charges)),
    ),
    ...told(
      "account.credited",
      rated.map(({ outcome }) => sum(outcome.credits)),
    ),
  ];
}

/** Told once, when the block opens, not every day it stays. */
function refusedEvents(rated: readonly Rated[], opened: readonly SubscriptionKey[]): NewEvent[] {
  const turned = new Set(opened.map((key) => key.accountId));
  return rated.flatMap(({ snapshot, outcome }) =>
    turned.has(snapshot.accountId)
      ? [
          {
            type: "charge.refused" as const,
            accountId: snapshot.accountId,
            payload: { dueMinor: outcome.dueMinor, availableMinor: outcome.availableMinor },
          },
        ]
      : [],
  );
}
