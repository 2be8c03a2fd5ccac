export { closeLimit } from "./close-limit";
export {
  LIMIT_KINDS,
  LIMIT_OUTCOMES,
  type LimitKind,
  type LimitOutcome,
  PROMISE_REFUSALS,
  PROMISED_SETTING,
  type PromiseRefusal,
} from "./constants";
export { endDueLimits } from "./end-due-limits";
export { isShut } from "./internal";
export { CREDIT_SCHEDULES } from "./jobs";
export { type LimitView, listLimits } from "./list-limits";
export { openLimit } from "./open-limit";
export { type PromisedView, readPromisedOffer } from "./read-promised-offer";
export { type PromisedSetting, readPromisedSetting } from "./read-promised-setting";
export { type PromisedAnswer, type PromisedOffer, promisedOffer } from "./rules/promised-offer";
export type { TrustShare } from "./rules/trust-share";
export {
  CloseLimitInput,
  OpenLimitInput,
  PromisedPolicy,
  SetPromisedPolicyInput,
  StartPromiseInput,
} from "./schema";
export { sendOffer } from "./send-offer";
export { setPromisedPolicy } from "./set-promised-policy";
export { settleWithin } from "./settle-accounts";
export { settlePromises } from "./settle-promises";
export { type StartedPromise, startPromise } from "./start-promise";
