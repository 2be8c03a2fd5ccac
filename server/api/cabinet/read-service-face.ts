import type { Catalog } from "@/server/domain/catalog";
import { listServiceStates } from "@/server/domain/provisioning";
import type { NextCharge } from "@/server/domain/runs";
import {
  type BlockRow,
  isInForce,
  listBlocks,
  listSubscriptions,
  type SubscriptionRow,
} from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { type NetworkFact, type ServiceFace, serviceFace } from "./service-face";

/** What billing promises an account and what the network does for it, read side by side. */
export async function readPromises(ctx: Context, accountId: string) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [subscriptions, blocks, services] = await Promise.all([
    listSubscriptions(ctx, [accountId], today),
    listBlocks(ctx, [accountId], ctx.now()),
    listServiceStates(ctx, { accountId }),
  ]);
  return {
    today,
    subscriptions: subscriptions.get(accountId) ?? [],
    blocks: blocks.get(accountId) ?? [],
    now: ctx.now(),
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
    ...holding(promises, money.blocked),
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

/** From when the blocks of the reason hold the account, and until when: null while one of them has no end. */
function holding({ blocks, now }: Promises, reason: NextCharge["blocked"]) {
  const held = blocks.filter((block) => block.reason === reason && isInForce(block, now));
  const ends = held.map((block) => block.untilAt?.getTime() ?? null);
  const endless = ends.length === 0 || ends.includes(null);
  return {
    blockedSince: held[0]?.fromAt ?? null,
    blockedUntil: endless ? null : new Date(Math.max(...ends.filter((end) => end !== null))),
  };
}

const isCancelled = ({ fromAt, untilAt }: BlockRow) => untilAt !== null && untilAt <= fromAt;

/** The subscriber's own pause that has not begun. */
export function plannedPause({
  blocks,
  now,
}: Promises): { readonly fromAt: Date; readonly untilAt: Date | null } | null {
  const planned = blocks.find((block) => block.reason === "voluntary" && block.fromAt > now && !isCancelled(block));
  return planned ? { fromAt: planned.fromAt, untilAt: planned.untilAt } : null;
}
