/** Roles of logins. What each may do is one table: `server/domain/identity/policy.ts`. */
export const ROLES = [
  "subscriber",
  "support_agent",
  "support_lead",
  "billing_operator",
  "product_manager",
  "manager",
  "admin",
] as const;
export type Role = (typeof ROLES)[number];
