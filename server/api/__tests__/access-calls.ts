import { randomUUID } from "node:crypto";
import { AUDIENCES } from "@/server/domain/notifications/constants";
import { addMonths, dayIn, monthStart } from "@/server/kernel/day";

/** Things of one customer that procedures are asked about. */
export interface Target {
  readonly customerId: string;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly serviceId: string;
  readonly blockId: string;
  readonly limitId: string;
  /** A block of the subscriber's own. */
  readonly suspensionId: string;
  readonly paymentId: string;
  /** The operator's company that this customer's contract is with, whose month is closed and another waits to be. */
  readonly legalEntityId: string;
  readonly periodApprovalId: string;
  /** A correction that waits for a second person. */
  readonly correctionApprovalId: string;
  /** Runs of that company, each of a month of its own; the running one has this customer's account parked. */
  readonly previewedRunId: string;
  readonly approvedRunId: string;
  readonly runningRunId: string;
  readonly pausedRunId: string;
  readonly finishedRunId: string;
  readonly exceptionId: string;
  readonly messageId: string;
  /** Of the ladder, which is nobody's own. */
  readonly stepId: string;
  /** A number of the customer's subscription. */
  readonly identifierId: string;
  /** A record in the bin: nobody's, so the same for all. */
  readonly faultId: string;
  /** Money from a bank that waits for a person: nobody's yet. */
  readonly creditId: string;
  readonly discountId: string;
  /** A subscription of an addition. */
  readonly addOnId: string;
  /** A copy of the account in the sandbox. */
  readonly copyId: string;
  /** A live session of this customer's login. */
  readonly sessionId: string;
}

export type IdName = Exclude<keyof Target, "customerId">;

/** Things of the operator, made anew for every call: nobody's own, so there is no foreign one. */
export type SharedThing =
  | "tariff"
  | "addOn"
  | "boost"
  | "bundle"
  | "promoCode"
  | "proposal"
  | "ownProposal"
  | "parts"
  | "terminal"
  | "word";

export interface Call {
  /** Which things of somebody the input names. */
  readonly ids: readonly IdName[];
  /** What an id is called in the input, where that is not its own name. */
  readonly as?: Partial<Readonly<Record<IdName, string>>>;
  /** The input takes a list of them. */
  readonly many?: true;
  /** Which things of the operator it names, by the name of the input. */
  readonly shared?: Readonly<Record<string, SharedThing>>;
  /** The rest of the smallest valid input. */
  readonly rest?: Readonly<Record<string, unknown>>;
  /** A session belongs to one login, so even an administrator's reach ends at their own. */
  readonly ownOnly?: true;
  /** A screen of the cabinet: staff have their own way to the same thing, and none through here. */
  readonly cabinetOnly?: true;
  /** Fields that every call has its own of: places that are taken once, days that pass. */
  readonly fresh?: () => Readonly<Record<string, unknown>>;
  /** Whoever may, is refused by the rule alone: the matrix's accounts are held by a block. */
  readonly refusal?: string;
  /** The same of the subscriber alone: staff go past that rule. */
  readonly ownRefusal?: string;
  /** It can be done to a thing once, so every role is given a fresh one. */
  readonly once?: true;
}

const KEY = "01890a5d-ac96-774b-bcce-b302099a8057";
const THIS_MONTH = monthStart(dayIn(new Date(), "Europe/Moscow"));
/** "2026-10" of so many months ago. */
export const monthAgo = (count: number) => addMonths(THIS_MONTH, -count).slice(0, 7);

const STEP = { audience: "everyone", channel: "messenger", templateCode: "money_ends_after" } as const;
let place = 0;
/** A place on the ladder that nobody has asked for yet, far from those that ship with it. */
export const freshPlace = () => {
  place += 1;
  return {
    offsetDays: 20 + (place % 40),
    audience: AUDIENCES[Math.floor(place / 40) % AUDIENCES.length] ?? "everyone",
  };
};
const SOON = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
const nothing: Call = { ids: [] };
const account: Call = { ids: ["accountId"] };

/** Every procedure of the root router with its smallest valid input. One without a row here fails the matrix. */
export const CALLS: Readonly<Record<string, Call>> = {
  "addOns.list": account,
  "addOns.preview": { ids: ["accountId"], shared: { tariffId: "addOn" } },
  "addOns.start": {
    ids: ["accountId"],
    shared: { tariffId: "addOn" },
    rest: { agreedFeeMinor: 0n },
    refusal: "addon.account_blocked",
  },
  "addOns.end": { ids: ["accountId", "addOnId"], as: { addOnId: "subscriptionId" }, once: true },
  "addOns.boost": {
    ids: ["accountId"],
    shared: { tariffId: "boost" },
    rest: { agreedFeeMinor: 0n, requestKey: KEY },
    refusal: "addon.account_blocked",
  },
  "addOns.redeem": { ids: ["accountId"], rest: { code: "ACCESS", requestKey: KEY }, once: true },

  "analytics.dashboard": { ids: [], rest: {} },

  "bank.credits": { ids: [], rest: {} },
  // Whoever may is let through to the verb, which finds no such account.
  "bank.place": {
    ids: ["creditId"],
    rest: { parts: [{ accountNumber: "nobody", amountMinor: 1n }] },
    refusal: "account.not_found",
  },
  "bank.ownAccounts": nothing,
  "bank.setOwnAccounts": { ids: [], rest: { seen: "another", accounts: [] }, refusal: "setting.changed_meanwhile" },

  "billing.invoices": { ids: [], rest: { month: monthAgo(1) } },
  "billing.issueMonth": { ids: [], rest: { month: monthAgo(1) } },
  "billing.periods": nothing,
  "billing.closePeriod": { ids: ["legalEntityId"], rest: { month: monthAgo(2), reason: "quarter" }, once: true },
  "billing.reopenPeriod": { ids: ["legalEntityId"], rest: { month: monthAgo(12), reason: "mistake" }, once: true },
  "billing.decidePeriod": {
    ids: ["periodApprovalId"],
    as: { periodApprovalId: "approvalId" },
    rest: { approve: false },
    once: true,
  },
  "billing.proveLedger": nothing,

  "runs.list": nothing,
  "runs.read": { ids: ["previewedRunId"], as: { previewedRunId: "runId" } },
  "runs.accounts": { ids: ["previewedRunId"], as: { previewedRunId: "runId" }, rest: { finding: "parked" } },
  "runs.open": { ids: ["legalEntityId"], rest: { period: monthAgo(0) }, once: true },
  "runs.preview": { ids: ["previewedRunId"], as: { previewedRunId: "runId" }, once: true },
  "runs.approve": { ids: ["previewedRunId"], as: { previewedRunId: "runId" }, once: true },
  "runs.start": { ids: ["approvedRunId"], as: { approvedRunId: "runId" }, once: true },
  "runs.pause": { ids: ["runningRunId"], as: { runningRunId: "runId" }, once: true },
  "runs.resume": { ids: ["pausedRunId"], as: { pausedRunId: "runId" }, once: true },
  "runs.cancel": { ids: ["runningRunId"], as: { runningRunId: "runId" }, once: true },
  "runs.workParked": { ids: ["runningRunId", "accountId"], as: { runningRunId: "runId" }, once: true },
  "runs.close": { ids: ["finishedRunId"], as: { finishedRunId: "runId" }, once: true },

  "cabinet.accounts": nothing,
  "cabinet.account": account,
  "cabinet.home": account,
  "cabinet.operations": account,
  "cabinet.documents": account,
  "cabinet.document": { ids: ["accountId"], rest: { slug: `${monthAgo(0)}-draft` } },
  "cabinet.comparison": account,
  "cabinet.requestPayment": { ids: ["accountId"], rest: { amountMinor: 500_00n, requestKey: KEY } },
  "cabinet.usage": { ids: ["subscriptionId"], rest: { from: "2026-01-01", to: "2026-02-01" } },
  "cabinet.changes": account,
  "cabinet.pause": account,
  "cabinet.profile": account,

  "cabinet.chooseChannels": {
    ids: ["accountId"],
    rest: { choices: [{ event: "money_ends", channel: "sms", isWanted: true }] },
  },
  "credit.limits": account,
  "credit.promised": account,
  "credit.startPromise": { ids: ["accountId"], rest: { consent: true }, refusal: "promise.blocked" },
  "credit.openLimit": { ids: ["accountId"], rest: { amountMinor: 100_00n, requestKey: KEY, untilOn: SOON } },
  "credit.closeLimit": { ids: ["accountId", "limitId"], once: true },
  "catalog.tariffs": { ids: [], rest: {} },
  "catalog.tariff": { ids: [], shared: { tariffId: "tariff" } },
  "catalog.impact": { ids: [], shared: { proposalId: "proposal" } },
  "catalog.propose": {
    ids: [],
    shared: { tariffId: "tariff" },
    rest: { newFrom: "2090-01-01", feeMinor: 700_00n },
  },
  "catalog.createTariff": {
    ids: [],
    rest: {
      nameRu: "Новый",
      nameEn: "New",
      kind: "tv",
      revenueCode: "revenue:tv",
      price: { newFrom: "2090-01-01", feeMinor: 300_00n },
    },
    fresh: () => ({ code: `new-${randomUUID()}` }),
  },
  "catalog.endSale": { ids: [], shared: { tariffId: "tariff" } },
  "catalog.reopenSale": { ids: [], shared: { tariffId: "tariff" }, refusal: "tariff.not_off_sale" },
  "catalog.withdraw": { ids: [], shared: { proposalId: "ownProposal" } },
  "catalog.approve": { ids: [], shared: { proposalId: "proposal" } },
  "catalog.reject": { ids: [], shared: { proposalId: "proposal" }, rest: { reason: "too steep" } },
  "catalog.changes": nothing,
  "catalog.setChangeDefault": {
    ids: [],
    rest: { direction: "up", allowed: true, feeMinor: 0n, timing: "either" },
  },
  "catalog.setChangePair": {
    ids: [],
    shared: { fromTariffId: "tariff", toTariffId: "tariff" },
    rest: { terms: { allowed: false, feeMinor: null, timing: null } },
  },
  "catalog.bundles": nothing,
  "catalog.publishBundle": {
    ids: [],
    shared: { code: "word", parts: "parts" },
    rest: { nameRu: "Пакет", nameEn: "Bundle", validFrom: "2090-01-01" },
  },
  "catalog.endBundle": { ids: [], shared: { bundleId: "bundle" }, rest: { validTo: "2090-01-01" } },
  "catalog.promoCodes": nothing,
  "catalog.publishPromoCode": {
    ids: [],
    shared: { code: "word" },
    rest: { percentBp: 1_000, validFrom: "2090-01-01" },
  },
  "catalog.endPromoCode": { ids: [], shared: { promoCodeId: "promoCode" } },

  "links.map": nothing,
  "links.retry": { ids: [], rest: { link: "ledger-provisioning" } },

  "payments.start": { ids: ["accountId"], rest: { amountMinor: 500_00n, requestKey: KEY } },
  "payments.mode": nothing,
  "payments.read": { ids: ["paymentId"], cabinetOnly: true },
  "payments.progress": { ids: ["paymentId"], cabinetOnly: true },

  "reminders.ladder": nothing,
  "reminders.due": { ids: [], fresh: () => ({ day: dayIn(new Date(), "Europe/Moscow") }) },
  "reminders.log": { ids: [], rest: {} },
  "reminders.exceptions": { ids: [], rest: {} },
  "reminders.exception": account,
  "reminders.addStep": { ids: [], rest: { ...STEP, event: "money_ends" }, fresh: freshPlace },
  "reminders.changeStep": { ids: ["stepId"], rest: { ...STEP, isOn: false }, fresh: freshPlace },
  "reminders.changeTemplate": {
    ids: [],
    rest: { code: "money_ends_after", locale: "ru", subject: "{account}", body: "{amount}", short: "{amount}" },
  },
  "reminders.setQuietHours": { ids: [], rest: { from: "21:00", to: "09:00" } },
  "reminders.addException": { ids: ["accountId"], rest: { reason: "vip", untilOn: "2030-01-01" } },
  "reminders.endException": { ids: ["accountId", "exceptionId"], once: true },
  "reminders.resend": { ids: ["accountId", "messageId"], once: true },

  "sandbox.list": nothing,
  "sandbox.read": { ids: ["copyId"] },
  "sandbox.copy": account,
  "sandbox.move": { ids: ["copyId"], rest: { step: "day" } },
  "sandbox.pay": { ids: ["copyId"], rest: { amountMinor: 1_00n, paidOn: SOON } },
  "sandbox.reset": { ids: ["copyId"] },
  "sandbox.drop": { ids: ["copyId"], once: true },

  "session.current": nothing,
  "session.list": nothing,
  "session.end": { ids: ["sessionId"], ownOnly: true, once: true },
  "session.endOthers": nothing,
  "session.beginTotp": nothing,
  "session.confirmTotp": { ids: [], rest: { code: "000000" } },

  "settings.read": nothing,
  // Whoever may is let through to the verb, which then asks what they have seen.
  "settings.setPromised": {
    ids: [],
    rest: { seen: "another", policy: {} },
    refusal: "setting.changed_meanwhile",
  },
  "settings.setSuspension": {
    ids: [],
    rest: { seen: "another", policy: {} },
    refusal: "setting.changed_meanwhile",
  },
  "settings.setDocuments": {
    ids: [],
    rest: {
      seen: "another",
      settings: {
        documentsFrom: null,
        paymentTermDays: 14,
        correctionLimitMinor: 1_000_00n,
        advanceVat: "companies",
        advanceVatCode: "standard",
      },
    },
    refusal: "setting.changed_meanwhile",
  },

  "staff.me": nothing,

  "subscribers.search": { ids: [], rest: { query: "Абонент" } },
  "subscribers.list": { ids: [], rest: {} },
  "subscribers.count": { ids: [], rest: {} },
  "subscribers.tariffs": nothing,
  "subscribers.profile": account,
  "subscribers.money": account,
  "subscribers.services": account,
  "subscribers.subscriptions": account,
  "subscribers.payments": account,
  "subscribers.charges": account,
  "subscribers.adjustments": account,
  "subscribers.corrections": account,
  "subscribers.documents": account,
  "subscribers.document": { ids: ["accountId"], rest: { slug: `${monthAgo(0)}-draft` } },
  "subscribers.comparison": account,
  "subscribers.correctCharge": {
    ids: ["accountId", "subscriptionId"],
    rest: { periodStart: THIS_MONTH, amountMinor: 1n, reason: "outage", note: "two days", requestKey: KEY },
  },
  "subscribers.decideCorrection": {
    ids: ["accountId", "correctionApprovalId"],
    as: { correctionApprovalId: "approvalId" },
    rest: { approve: false },
    once: true,
  },
  "subscribers.blocks": account,
  "subscribers.events": account,
  "subscribers.audit": account,
  "subscribers.watch": account,
  "subscribers.reveal": { ids: ["accountId"], rest: { reason: "called back" } },
  "subscribers.issueAccess": { ids: ["accountId"], once: true },
  "subscribers.placeBlock": { ids: ["accountId"], rest: { reason: "administrative" } },
  "subscribers.liftBlock": { ids: ["accountId", "blockId"], once: true },
  "subscribers.suspension": account,
  "subscribers.beginSuspension": {
    ids: ["accountId"],
    rest: { fromOn: SOON, untilOn: SOON },
    refusal: "suspension.in_force",
  },
  "subscribers.endSuspension": { ids: ["accountId", "suspensionId"], once: true },
  "subscribers.paymentTerms": account,
  "subscribers.setPaymentTerms": { ids: ["accountId"], rest: { paymentTermDays: 30, blockDelayDays: null } },
  "subscribers.setCreditLimit": { ids: ["accountId"], rest: { creditLimitMinor: 100_00n } },
  "subscribers.agreePrice": {
    ids: ["accountId", "subscriptionId"],
    rest: { validFrom: "2030-01-01", feeMinor: 500_00n },
    once: true,
  },
  "subscribers.discounts": account,
  "subscribers.agreeDiscount": {
    ids: ["accountId", "subscriptionId"],
    rest: { requestKey: KEY, label: "patience", percentBp: 1_000, validFrom: "2090-01-01" },
  },
  "subscribers.endDiscount": { ids: ["accountId", "discountId"], once: true },
  "subscribers.endSubscription": {
    ids: ["accountId", "subscriptionId"],
    rest: { endedOn: "2030-01-01", reason: "left" },
    once: true,
  },
  "subscribers.resendService": { ids: ["accountId", "serviceId"] },

  "tariffChanges.tariffs": account,
  "tariffChanges.choices": { ids: ["accountId", "subscriptionId"] },
  "tariffChanges.preview": {
    ids: ["accountId", "subscriptionId"],
    shared: { toTariffId: "tariff" },
    rest: { when: "next_period" },
    ownRefusal: "subscription.blocked",
  },
  "tariffChanges.change": {
    ids: ["accountId", "subscriptionId"],
    shared: { toTariffId: "tariff" },
    rest: { when: "next_period" },
    ownRefusal: "subscription.blocked",
  },
  "tariffChanges.cancel": { ids: ["accountId", "subscriptionId"], once: true },

  "terminals.list": nothing,
  "terminals.requests": { ids: [], rest: {} },
  "terminals.add": {
    ids: [],
    shared: { code: "word" },
    rest: { name: "Kiosk", protocol: "osmp", networks: ["192.0.2.7"] },
  },
  "terminals.change": { ids: [], shared: { terminalId: "terminal" }, rest: { name: "Kiosk", networks: ["192.0.2.8"] } },
  "terminals.reset": { ids: [], shared: { terminalId: "terminal" } },
  "terminals.close": { ids: [], shared: { terminalId: "terminal" } },

  "usage.faults": { ids: [], rest: {} },
  "usage.meters": nothing,
  "usage.changeFault": {
    ids: ["faultId"],
    rest: {
      whose: { by: "identifier", kind: "other", value: "nobody" },
      day: "2026-01-01",
      time: "12:00",
      meter: "call",
      measure: "second",
      units: 1n,
    },
  },
  "usage.retryFaults": { ids: [], rest: {} },
  "usage.dropFaults": {
    ids: ["faultId"],
    as: { faultId: "faultIds" },
    many: true,
    rest: { note: "test call" },
    once: true,
  },
  "usage.records": { ids: ["accountId", "subscriptionId"], rest: { from: "2026-01-01", to: "2026-02-01" } },
  "usage.identifiers": account,
  "usage.addIdentifier": {
    ids: ["accountId", "subscriptionId"],
    rest: { kind: "other", validFrom: "2026-01-01" },
    fresh: () => ({ value: randomUUID() }),
    once: true,
  },
  "usage.endIdentifier": { ids: ["accountId", "identifierId"], rest: { validTo: "2030-01-01" }, once: true },
};
