import type { Permission } from "@/server/domain/identity";

/**
 * Every page and route handler under `app/`, by its path without groups, and the row of the policy table it stands
 * under. `public`: it shows nobody's data. A file without a row here fails the architecture test; so does a page that
 * does not call `requirePage` with what is written here.
 */
export const ROUTE_POLICY = {
  "/": "public",
  "/login": "public",
  "/login/second-factor": "public",
  "/forbidden": "public",

  "/my": "cabinet:home",
  "/my/statement": "cabinet:home",
  "/my/usage": "cabinet:home",
  "/my/documents": "cabinet:home",
  "/my/documents/[slug]": "cabinet:home",
  "/my/pay": "cabinet:home",
  "/my/pay/[paymentId]": "cabinet:home",
  "/my/pause": "cabinet:home",
  "/my/profile": "cabinet:home",
  "/my/services": "cabinet:home",
  "/my/services/tariff": "cabinet:home",

  "/crm": "customer:search",
  "/crm/[accountId]": "customer:search",
  "/crm/[accountId]/documents/[slug]": "customer:search",
  "/crm/[accountId]/tariff/[subscriptionId]": "subscription:change",
  "/crm/export": "customer:search",
  "/billing/invoices": "invoice:list",
  "/billing/usage": "usage:list",
  "/billing/terminals": "terminal:read",
  "/billing/bank": "bank:read",
  "/billing/bank/upload": "bank:take",
  "/billing/periods": "period:read",
  "/billing/settings": "setting:read",
  "/billing/runs": "run:read",
  "/billing/runs/[runId]": "run:read",
  "/billing/dunning": "reminder:read",
  "/billing/dunning/due": "reminder:read",
  "/billing/dunning/exceptions": "reminder:read",
  "/billing/dunning/log": "reminder:read",
  "/billing/dunning/texts": "reminder:read",
  "/analytics": "analytics:read",
  "/catalog": "catalog:read",
  "/catalog/new": "tariff:propose",
  "/catalog/bundles": "catalog:read",
  "/catalog/promo-codes": "catalog:read",
  "/catalog/changes": "catalog:read",
  "/catalog/[tariffId]": "catalog:read",
  "/catalog/[tariffId]/propose": "tariff:propose",
  "/links": "link:read",
  "/sandbox": "sandbox:use",
  "/sandbox/[copyId]": "sandbox:use",

  "/api/auth/[...nextauth]": "session:start",
  "/api/sign-out": "public",
  "/api/health": "health:read",
  "/api/trpc/[trpc]": "public",
  "/api/pay/[protocol]": "terminal:serve",
  "/api/webhooks/yookassa": "webhook:receive",
} as const satisfies Record<string, Permission | "public">;
