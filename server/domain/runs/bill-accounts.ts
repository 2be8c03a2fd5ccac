import { z } from "zod";
import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { type AccountOutcome, type AccountSnapshot, proposeAccount } from "@/server/domain/rating";
import { closeFinancialBlocks, openFinancialBlocks, type SubscriptionKey } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { type NewEvent, record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { loadSnapshots } from "./load-snapshots";
import { writeCharges } from "./write-charges";

/** One chunk: more accounts than this in one transaction gain nothing and hold locks for longer. */
export const MAX_ACCOUNTS = 10_000;

export const BillAccountsInput = z.object({ accountIds: z.array(z.uuid()).max(MAX_ACCOUNTS) });
export type BillAccountsInput = z.input<typeof BillAccountsInput>;

export interface BilledAccounts {
  readonly charged: number;
  readonly refused: number;
  /** Nothing was due. */
  readonly skipped: number;
  /** Accounts that could not be rated, each with its reason; nothing of theirs was written. */
  readonly parked: readonly { readonly accountId: string; readonly reason: string }[];
  readonly chargedMinor: Minor;
  /** Accounts whose financial block opened or closed: their services have to follow. */
  readonly turned: readonly string[];
}

/**
 * Charges what is due today on the accounts: the current period's fees that are not charged yet, through the money gate.
 * Running it again, or on two machines at once, adds nothing: accounts are locked and a charge's key is unique.
 * charged + refused + skipped + parked = the open accounts asked for.
 */
export async function billAccounts(ctx: Context, raw: BillAccountsInput): Promise<BilledAccounts> {
  const scope = requirePermission(ctx, "billing:charge");
  const { accountIds } = BillAccountsInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    if (scope.kind === "customer") await requireAccounts(tx, scope, accountIds);
    const today = dayIn(tx.now(), tx.zone);
    const [catalog, snapshots] = await Promise.all([readCatalog(tx), loadSnapshots(tx, accountIds, today)]);
    const { outcomes, parked } = rate(snapshots, catalog, today, tx.zone);
    const charges = outcomes.flatMap(({ outcome }) => (outcome.kind === "charge" ? outcome.charges : []));
    const refused = outcomes.filter(({ outcome }) => outcome.kind === "refuse");
    const toOpen = refused.flatMap(({ snapshot, outcome }) => newlyBlocked(snapshot, outcome));
    const toClose = outcomes.flatMap(({ snapshot, outcome }) =>
      outcome.kind === "refuse"
        ? []
        : outcome.lift.map((subscriptionId) => ({ accountId: snapshot.accountId, subscriptionId })),
    );
    // Alone: its second statement must never start after another's failure has rolled the transaction back.
    await writeCharges(tx, charges, today);
    await Promise.all([openFinancialBlocks(tx, toOpen), closeFinancialBlocks(tx, toClose)]);
    const chargedMinor = charges.reduce((sum, charge) => sum + charge.amountMinor, 0n);
    const summary = {
      charged: outcomes.filter(({ outcome }) => outcome.kind === "charge").length,
      refused: refused.length,
      skipped: outcomes.filter(({ outcome }) => outcome.kind === "nothing").length,
      parked,
      chargedMinor,
      turned: [...new Set([...toOpen, ...toClose].map((key) => key.accountId))],
    };
    if (charges.length + toOpen.length + toClose.length > 0) {
      await record(tx, {
        audit: [
          {
            action: "billing.charge",
            entity: "charges",
            entityId: today,
            after: { ...summary, turned: summary.turned.length },
          },
        ],
        events: [...chargedEvents(outcomes, today), ...refusedEvents(refused, toOpen)],
      });
    }
    return summary;
  });
}

interface Rated {
  readonly snapshot: AccountSnapshot;
  readonly outcome: AccountOutcome;
}

/** One account that cannot be rated is parked; the others go on. */
function rate(snapshots: readonly AccountSnapshot[], catalog: Catalog, today: Day, zone: string) {
  const outcomes: Rated[] = [];
  const parked: { accountId: string; reason: string }[] = [];
  for (const snapshot of snapshots) {
    try {
      outcomes.push({ snapshot, outcome: proposeAccount(snapshot, catalog, today, zone) });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      parked.push({ accountId: snapshot.accountId, reason: error.reason });
    }
  }
  return { outcomes, parked };
}

function newlyBlocked({ accountId, blocks }: AccountSnapshot, outcome: AccountOutcome): SubscriptionKey[] {
  if (outcome.kind !== "refuse") return [];
  const open = new Set(
    blocks.filter((block) => block.reason === "financial" && !block.untilAt).map((block) => block.subscriptionId),
  );
  return outcome.block.filter((id) => !open.has(id)).map((subscriptionId) => ({ accountId, subscriptionId }));
}

/** A chunk of one tells its own account's story; a large chunk tells its totals, and the charges themselves are the facts. */
function chargedEvents(outcomes: readonly Rated[], today: Day): NewEvent[] {
  const charged = outcomes.filter(({ outcome }) => outcome.kind === "charge");
  if (charged.length === 0) return [];
  const [only] = charged;
  const dueMinor = charged.reduce((sum, { outcome }) => sum + outcome.dueMinor, 0n);
  const accountId = outcomes.length === 1 && only ? only.snapshot.accountId : null;
  return [
    { type: "account.charged", accountId, payload: { day: today, accounts: charged.length, amountMinor: dueMinor } },
  ];
}

/** Told once, when the block opens, not every day it stays. */
function refusedEvents(refused: readonly Rated[], opened: readonly SubscriptionKey[]): NewEvent[] {
  const turned = new Set(opened.map((key) => key.accountId));
  return refused.flatMap(({ snapshot, outcome }) =>
    turned.has(snapshot.accountId)
      ? [
          {
            type: "charge.refused" as const,
            accountId: snapshot.accountId,
            payload: { dueMinor: outcome.dueMinor, availableMinor: snapshot.availableMinor },
          },
        ]
      : [],
  );
}
