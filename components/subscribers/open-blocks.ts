interface Block {
  readonly subscriptionId: string | null;
  readonly untilAt: Date | null;
}

/**
 * Blocks that hold something now, and those that are over. One that was never lifted ends with what it held: no money will
 * lift it, and nothing is left to lift it from.
 */
export function splitBlocks<B extends Block>(
  blocks: readonly B[],
  live: readonly { readonly id: string }[],
): { readonly open: readonly B[]; readonly past: readonly B[] } {
  const ids = new Set(live.map((one) => one.id));
  const { open = [], past = [] } = Object.groupBy(blocks, ({ subscriptionId, untilAt }) =>
    untilAt === null && (subscriptionId === null ? ids.size > 0 : ids.has(subscriptionId)) ? "open" : "past",
  );
  return { open, past };
}
