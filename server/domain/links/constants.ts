/** The joins that exist, in the order money and service flow through them. */
export const LINKS = ["provider-ledger", "ledger-provisioning", "provisioning-radius", "ledger-subscribers"] as const;
export type LinkName = (typeof LINKS)[number];

/** What a retry of the ledger's own node does is a proof, so it stands beside the links. */
export const CHECKS = ["ledger"] as const;

/** `in_step`: nothing waits, nothing differs. `catching_up`: something waits, not for long. `behind`: for too long. */
export const LINK_STATES = ["in_step", "catching_up", "behind", "differs"] as const;
export type LinkState = (typeof LINK_STATES)[number];
