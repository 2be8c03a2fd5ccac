/**
 * Everything that may happen, with the jobs it causes. Verbs name the event; who reacts is written here and nowhere else,
 * so that modules never call against the arrows. The jobs are enqueued in the verb's own transaction.
 */
export const EVENT_JOBS = {
  "customer.created": [],
  "account.opened": [],
  "account.closed": [],
  "user.signed_in": [],
  "user.signed_out": [],
  "user.created": [],
  "tariff.published": [],
  "subscription.started": ["settle_account"],
  "subscription.ended": ["settle_account"],
  "subscription.price_agreed": ["settle_account"],
  "boost.started": ["settle_account"],
  "promo.redeemed": ["settle_account"],
  "discount.agreed": ["settle_account"],
  "discount.ended": ["settle_account"],
  "block.placed": ["settle_account"],
  "block.lifted": ["settle_account"],
  "block.cancelled": [],
  "account.credit_limit_set": ["settle_account"],
  "subscription.change_scheduled": [],
  "subscription.change_cancelled": [],
  "subscription.changed": ["settle_account"],
  "limit.opened": ["settle_account"],
  "limit.closed": ["settle_account"],
  "limit.ended": ["settle_account"],
  "promise.offered": [],
  "promise.started": ["settle_account"],
  "promise.kept": [],
  "promise.broken": ["settle_account"],
  "account.charged": [],
  "account.credited": [],
  "charge.corrected": ["settle_account"],
  "invoice.issued": [],
  "period.closed": [],
  "period.reopened": [],
  "charge.refused": ["offer_promise"],
  "payment.started": [],
  "payment.posted": ["settle_account"],
  "payment.canceled": [],
  "payment.unknown": [],
  "service.desired": ["apply_service"],
  "service.activated": [],
  "service.restricted": [],
  "service.closed": [],
  "service.out_of_step": [],
  "ledger.proven": [],
  "ledger.disproved": [],
  "import.finished": [],
  "message.sent": [],
  "message.failed": [],
  "message.unknown": [],
} as const satisfies Record<string, readonly TaskName[]>;

export type EventType = keyof typeof EVENT_JOBS;

/**
 * Tasks that events cause: `settle_account` and `offer_promise` get `{ accountIds }`, `apply_service` gets
 * `{ accountId, serviceId }`.
 */
export type TaskName = "settle_account" | "offer_promise" | "apply_service";
