import { type AccountSnapshot, isOpenBlock } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { SkipReason } from "../constants";

/** Why an account that could be rated was neither charged nor refused. */
export function skipReason({ subscriptions, blocks, charged }: AccountSnapshot, asOf: Day, zone: string): SkipReason {
  const running = subscriptions.filter((row) => row.startedOn <= asOf && (row.endedOn === null || row.endedOn > asOf));
  if (running.length === 0) return "no_subscription";
  if (charged.size > 0) return "already_charged";
  const stops = blocks.filter((block) => block.reason !== "financial" && isOpenBlock(block, asOf, zone));
  const isStopped = (id: string) => stops.some((block) => !block.subscriptionId || block.subscriptionId === id);
  return running.every((row) => isStopped(row.id)) ? "stopped" : "nothing_due";
}
