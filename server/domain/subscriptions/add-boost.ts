import { boosts } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { listBoosts } from "./list-boosts";
import { boostInterval } from "./rules/boost-interval";

export interface NewBoost {
  /** The key of the request that sells it. */
  readonly id: string;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly tariffId: string;
  readonly paidBySubscriptionId: string;
  readonly hours: number;
  readonly downKbps: number;
  readonly upKbps: number;
}

/** Part of selling a boost, under the lock of the account's money: writes when it begins and ends. */
export async function addBoost(tx: Context, { hours, ...boost }: NewBoost): Promise<{ fromAt: Date; untilAt: Date }> {
  const running = await listBoosts(tx, boost.accountId);
  const times = boostInterval(
    tx.now(),
    hours,
    running.filter((one) => one.subscriptionId === boost.subscriptionId),
  );
  await tx.db.insert(boosts).values({ ...boost, ...times });
  return times;
}
