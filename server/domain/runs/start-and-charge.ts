import { and, eq, isNull } from "drizzle-orm";
import { blocks } from "@/db/schema";
import { type StartSubscriptionInput, startSubscriptions } from "@/server/domain/subscriptions";
import { assertInvariant, DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { billAccounts } from "./bill-accounts";

/**
 * Part of selling something on the spot, whose verb has asked who may: starts it and charges the account at once, by the same
 * code as every run. All of it is taken back when the money gate refuses (`addon.not_enough_money`): nothing is on without
 * being paid for, and nothing that was on before falls with it.
 */
export async function startAndCharge(tx: Context, sold: StartSubscriptionInput): Promise<{ subscriptionId: string }> {
  const machine: Context = { ...tx, actor: { kind: "job", name: "start_add_on" } };
  const { accountId } = sold;
  const [started] = await startSubscriptions(machine, [sold]);
  assertInvariant(started, "runs.nothing_started");
  const { subscriptionId } = started;
  const { parked } = await billAccounts(machine, { accountIds: [accountId] });
  const [stuck] = parked;
  if (stuck) throw new DomainError("precondition", stuck.reason);
  const refused = await tx.db.$count(
    blocks,
    and(
      eq(blocks.accountId, accountId),
      eq(blocks.subscriptionId, subscriptionId),
      eq(blocks.reason, "financial"),
      isNull(blocks.untilAt),
    ),
  );
  if (refused > 0) throw new DomainError("precondition", "addon.not_enough_money");
  return { subscriptionId };
}
