/** `financial` is opened and closed by charging alone; the others by people. */
export const BLOCK_REASONS = ["financial", "administrative", "voluntary"] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

export const END_REASONS = ["left", "moved", "debt", "replaced", "imported"] as const;
export type EndReason = (typeof END_REASONS)[number];
