export const CUSTOMER_KINDS = ["person", "sole_trader", "company"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];
