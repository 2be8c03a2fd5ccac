interface Block {
  readonly subscriptionId: string | null;
  readonly fromAt: Date;
  readonly untilAt: Date | null;
}

/**
 * Blocks that hold something now, and those that are over. One that was never lifted ends with what it held: no money will
 * lift it, and nothing is left to lift it from.
 */
export function splitBlocks<B extends Block>(
  blocks: readonly B[],
  live: readonly { readonly id: string }[],
  now: Date,
): { readonly open: readonly B[]; readonly past: readonly B[] } {
  const ids = new Set(live.map((one) => one.id));
  // One that was cancelled before it began is over too.
  const isOver = ({ fromAt, untilAt }: B) => untilAt !== null && (untilAt <= now || untilAt <= fromAt);
  const holds = ({ subscriptionId }: B) => (subscriptionId === null ? ids.size > 0 : ids.has(subscriptionId));
  const { open = [], past = [] } = Object.groupBy(blocks, (block) =>
    !isOver(block) && holds(block) ? "open" : "past",
  );
  return { open, past };
}
