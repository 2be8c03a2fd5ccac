import type { Catalog } from "@/server/domain/catalog";
import { listServiceStates } from "@/server/domain/provisioning";
import type { NextCharge } from "@/server/domain/runs";
import { listSubscriptions, type SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { type NetworkFact, type ServiceFace, serviceFace } from "./service-face";

/** What billing promises an account and what the network does for it, read side by side. */
export async function readPromises(ctx: Context, accountId: string) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [subscriptions, services] = await Promise.all([
    listSubscriptions(ctx, [accountId], today),
    listServiceStates(ctx, { accountId }),
  ]);
  return {
    today,
    subscriptions: subscriptions.get(accountId) ?? [],
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
