/** Things of one customer that procedures are asked about. */
export interface Target {
  readonly customerId: string;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly serviceId: string;
  readonly blockId: string;
  readonly paymentId: string;
  /** A live session of this customer's login. */
  readonly sessionId: string;
}

export type IdName = Exclude<keyof Target, "customerId">;

export interface Call {
  /** Which things of somebody the input names. */
  readonly ids: readonly IdName[];
  /** The rest of the smallest valid input. */
  readonly rest?: Readonly<Record<string, unknown>>;
  /** A session belongs to one login, so even an administrator's reach ends at their own. */
  readonly ownOnly?: true;
  /** A screen of the cabinet: staff have their own way to the same thing, and none through here. */
  readonly cabinetOnly?: true;
  /** It can be done to a thing once, so every role is given a fresh one. */
  readonly once?: true;
}

const KEY = "01890a5d-ac96-774b-bcce-b302099a8057";
const nothing: Call = { ids: [] };
const account: Call = { ids: ["accountId"] };

/** Every procedure of the root router with its smallest valid input. One without a row here fails the matrix. */
export const CALLS: Readonly<Record<string, Call>> = {
  "analytics.dashboard": { ids: [], rest: {} },

  "cabinet.accounts": nothing,
  "cabinet.home": account,
  "cabinet.operations": account,
  "cabinet.changes": account,
  "cabinet.profile": account,

  "links.map": nothing,
  "links.retry": { ids: [], rest: { link: "ledger-provisioning" } },

  "payments.start": { ids: ["accountId"], rest: { amountMinor: 500_00n, requestKey: KEY } },
  "payments.mode": nothing,
  "payments.read": { ids: ["paymentId"], cabinetOnly: true },
  "payments.progress": { ids: ["paymentId"], cabinetOnly: true },

  "session.current": nothing,
  "session.list": nothing,
  "session.end": { ids: ["sessionId"], ownOnly: true, once: true },
  "session.endOthers": nothing,
  "session.beginTotp": nothing,
  "session.confirmTotp": { ids: [], rest: { code: "000000" } },

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
  "subscribers.blocks": account,
  "subscribers.events": account,
  "subscribers.audit": account,
  "subscribers.watch": account,
  "subscribers.reveal": { ids: ["accountId"], rest: { reason: "called back" } },
  "subscribers.issueAccess": { ids: ["accountId"], once: true },
  "subscribers.placeBlock": { ids: ["accountId"], rest: { reason: "administrative" } },
  "subscribers.liftBlock": { ids: ["accountId", "blockId"], once: true },
  "subscribers.setCreditLimit": { ids: ["accountId"], rest: { creditLimitMinor: 100_00n } },
  "subscribers.agreePrice": {
    ids: ["accountId", "subscriptionId"],
    rest: { validFrom: "2030-01-01", feeMinor: 500_00n },
    once: true,
  },
  "subscribers.endSubscription": {
    ids: ["accountId", "subscriptionId"],
    rest: { endedOn: "2030-01-01", reason: "left" },
    once: true,
  },
  "subscribers.resendService": { ids: ["accountId", "serviceId"] },
};
