import type { Role } from "@/server/platform/roles";

/** Who may do a thing. `own`: a subscriber, and only with what belongs to their own customer. */
export interface PolicyRow {
  readonly roles: readonly Role[];
  readonly own?: boolean;
  /** Job names or webhook sources that may do it without a person. `"*"` = any of our own jobs. */
  readonly machines?: readonly string[];
  /** Nobody has to be signed in. */
  readonly anyone?: boolean;
}

const SUPPORT = ["support_agent", "support_lead"] as const;
const BILLING = ["billing_operator"] as const;
const STAFF = [...SUPPORT, ...BILLING, "product_manager", "manager", "admin"] as const;

/**
 * The one policy table: every verb, procedure, route and page names one of these rows, and the architecture test fails
 * for one that does not.
 */
export const POLICY = {
  "session:start": { roles: [], anyone: true },
  "session:end": { roles: STAFF, own: true },
  "session:read": { roles: STAFF, own: true },
  /** The session itself is what is checked: it may be one that still waits for its second factor. */
  "session:set_up_totp": { roles: STAFF, anyone: true },
  "health:read": { roles: [], anyone: true },
  "webhook:receive": { roles: [], anyone: true, machines: ["yookassa"] },

  "operator:set_up": { roles: ["admin"], machines: ["*"] },
  "user:create": { roles: ["admin"], machines: ["*"] },
  "user:read": { roles: ["admin"], machines: ["*"] },
  "user:reset": { roles: ["admin"], machines: ["*"] },
  /** A subscriber's login, made or given a new password. */
  "user:issue_login": { roles: [...SUPPORT, "admin"], machines: ["*"] },
  "customer:create": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },
  "customer:read": { roles: STAFF, own: true, machines: ["*"] },
  "customer:search": { roles: STAFF },
  "customer:reveal": { roles: [...SUPPORT, ...BILLING, "admin"] },
  "account:open": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },
  "account:read": { roles: STAFF, own: true, machines: ["*"] },
  "account:set_credit_limit": { roles: [...BILLING, "support_lead", "admin"], machines: ["*"] },
  "account:set_payment_terms": { roles: [...BILLING, "support_lead", "admin"], machines: ["*"] },
  "suspension:begin": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },
  "suspension:read": { roles: STAFF, own: true, machines: ["*"] },
  "credit:open": { roles: [...BILLING, "support_lead", "admin"], machines: ["*"] },
  "credit:read": { roles: STAFF, own: true, machines: ["*"] },
  "promise:start": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },
  "credit:settle": { roles: [...BILLING, "admin"], machines: ["*"] },
  "account:block": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },

  "tariff:publish": { roles: ["product_manager", "admin"], machines: ["*"] },
  /** Writing down a price version that a second person will be asked about. */
  "tariff:propose": { roles: ["product_manager", "admin"] },
  /** Being that second person. */
  "tariff:approve": { roles: ["product_manager", "admin"] },
  "catalog:read": { roles: STAFF },
  /** Bundles, promo codes, the change matrix. */
  "catalog:edit": { roles: ["product_manager", "admin"], machines: ["*"] },
  "tariff:read": { roles: STAFF, own: true, machines: ["*"] },
  "subscription:start": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },
  "subscription:end": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },
  "subscription:change": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },
  "subscription:agree_price": { roles: ["support_lead", ...BILLING, "product_manager", "admin"], machines: ["*"] },
  "discount:agree": { roles: ["support_lead", ...BILLING, "product_manager", "admin"], machines: ["*"] },
  "promo:redeem": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },
  /** Additions to a tariff, on and off, and the buttons that give more speed for a while. */
  "addon:switch": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },

  "ledger:read": { roles: STAFF, own: true, machines: ["*"] },
  "ledger:prove": { roles: [...BILLING, "manager", "admin"], machines: ["*"] },
  "billing:charge": { roles: [...BILLING, "admin"], machines: ["*"] },
  "billing:foresee": { roles: STAFF, machines: ["*"] },

  "charge:correct": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },
  "charge:approve_correction": { roles: ["support_lead", ...BILLING, "admin"] },
  "invoice:read": { roles: STAFF, own: true, machines: ["*"] },
  "invoice:list": { roles: [...BILLING, "manager", "admin"] },
  "invoice:issue": { roles: [...BILLING, "admin"], machines: ["*"] },
  "invoice:request": { roles: [...SUPPORT, ...BILLING, "admin"], own: true },
  "period:read": { roles: [...BILLING, "manager", "admin"] },
  "period:close": { roles: [...BILLING, "admin"] },
  /** The operator's terms of a promised payment and of a pause; the documents' settings. */
  "setting:read": { roles: [...BILLING, "manager", "admin"] },
  "setting:edit": { roles: [...BILLING, "admin"] },
  /** What is counted for the tax and above what a correction needs a second person: not for who corrects all day. */
  "setting:edit_documents": { roles: ["admin"] },
  "run:read": { roles: [...BILLING, "manager", "admin"], machines: ["*"] },
  /** Everything about a run but its approval, which is a second person's. */
  "run:operate": { roles: [...BILLING, "admin"], machines: ["*"] },
  /** `billing` is the command at the operator's console. */
  "run:approve": { roles: [...BILLING, "admin"], machines: ["billing"] },

  "usage:store": { roles: [...BILLING, "admin"], machines: ["*"] },
  "usage:read": { roles: STAFF, own: true, machines: ["*"] },
  "usage:list": { roles: [...BILLING, "support_lead", "manager", "admin"], machines: ["*"] },
  "usage:mend": { roles: [...BILLING, "support_lead", "admin"], machines: ["*"] },
  "identifier:assign": { roles: [...SUPPORT, ...BILLING, "admin"], machines: ["*"] },

  "payment:start": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },
  "payment:read": { roles: STAFF, own: true, machines: ["*"] },
  "payment:post": { roles: [], machines: ["*"] },
  /** Payment systems and banks at `/api/pay`: each proves who it is before it is heard. */
  "terminal:serve": { roles: [], machines: ["terminal"] },
  "terminal:read": { roles: [...BILLING, "support_lead", "manager", "admin"] },
  /** Whom money is believed from. */
  "terminal:edit": { roles: ["admin"] },
  /** What a bank says has come, and nothing else; no procedure posts it but through `bank`. */
  "payment:post_bank": { roles: [...BILLING, "admin"], machines: ["*"] },
  "bank:take": { roles: [...BILLING, "admin"], machines: ["*"] },
  "bank:read": { roles: [...BILLING, "manager", "admin"], machines: ["*"] },
  /** Saying whose money it is that the rule did not know. */
  "bank:place": { roles: [...BILLING, "admin"] },
  "bank:set_accounts": { roles: ["admin"], machines: ["*"] },

  "service:read": { roles: STAFF, own: true, machines: ["*"] },
  "service:provision": { roles: [...SUPPORT, "admin"], machines: ["*"] },
  "service:resend": { roles: [...SUPPORT, ...BILLING, "admin"], own: true, machines: ["*"] },

  "reminder:read": { roles: STAFF, machines: ["*"] },
  "reminder:edit": { roles: [...BILLING, "admin"], machines: ["*"] },
  "reminder:except": { roles: ["support_lead", ...BILLING, "admin"], machines: ["*"] },
  "reminder:send": { roles: [], machines: ["*"] },
  "reminder:resend": { roles: ["support_lead", ...BILLING, "admin"] },
  /** Which channels a subscriber wants is theirs to say. */
  "reminder:choose": { roles: [], own: true },

  "analytics:read": { roles: ["product_manager", "manager", ...BILLING, "admin"] },
  "link:read": { roles: STAFF, machines: ["*"] },
  "link:retry": { roles: ["support_lead", ...BILLING, "admin"], machines: ["*"] },
  /** Copies of subscribers hold what they pay, and moving a clock is for whoever answers for prices. */
  "sandbox:use": { roles: ["admin"] },
  "import:run": { roles: ["admin"], machines: ["*"] },
  "staff:home": { roles: STAFF },
  "cabinet:home": { roles: [], own: true },
} as const satisfies Record<string, PolicyRow>;

export type Permission = keyof typeof POLICY;

export const ROLES_OF_STAFF: readonly Role[] = STAFF;
