import type { Catalog } from "@/server/domain/catalog";
import { readServices } from "@/server/domain/provisioning";
import type { NextCharge } from "@/server/domain/runs";
import { type BlockRow, listBlocks, listSubscriptions, type SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { type NetworkFact, type ServiceFace, serviceFace } from "./service-face";

/** What billing promises an account and what the network does for it, read side by side. */
export async function readPromises(ctx: Context, accountId: string) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [subscriptions, blocks, services] = await Promise.all([
    listSubscriptions(ctx, [accountId], today),
    listBlocks(ctx, [accountId], ctx.now()),
    readServices(ctx, { accountId }),
  ]);
  return {
    today,
    subscriptions: subscriptions.get(accountId) ?? [],
    blocks: (blocks.get(accountId) ?? []).filter((block) => block.untilAt === null),
    services,
  };
}
export type Promises = Awaited<ReturnType<typeof readPromises>>;

export function faceOf(
  promises: Promises,
  closedOn: Day | null,
  money: NextCharge,
  tariffs: Catalog["tariffs"],
): ServiceFace {
  return serviceFace({
    today: promises.today,
    closedOn,
    running: promises.subscriptions.map((row) => ({ startedOn: row.startedOn, kind: kindOf(row, tariffs) })),
    money,
    blockedSince: sinceOf(promises.blocks, money.blocked),
    services: promises.services.map(
      (service): NetworkFact => ({
        desiredState: service.desired.state,
        desiredAt: service.desired.since,
        actualState: service.actual?.state ?? null,
      }),
    ),
  });
}

const kindOf = (row: SubscriptionRow, tariffs: Catalog["tariffs"]) => tariffs.get(row.tariffId)?.kind ?? "option";

function sinceOf(blocks: readonly BlockRow[], reason: NextCharge["blocked"]): Date | null {
  const [first] = blocks.filter((block) => block.reason === reason).map((block) => block.fromAt.getTime());
  return first === undefined ? null : new Date(first);
}
