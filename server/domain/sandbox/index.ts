export { CLOCK_STEPS, type ClockStep } from "./constants";
export { copyAccount } from "./copy-account";
export { dropCopy } from "./drop-copy";
export { type ListedCopy, listCopies } from "./list-copies";
export { type MovedClock, moveClock } from "./move-clock";
export { planPayment } from "./plan-payment";
export {
  type CopyBlock,
  type CopyCredit,
  type CopyPayment,
  type CopySubscription,
  type CopyView,
  readCopy,
} from "./read-copy";
export { resetCopy } from "./reset-copy";
export type { BalanceDay, CopyMonth } from "./rules/copy-months";
export { CopyAccountInput, CopyInput, MoveClockInput, PlanPaymentInput } from "./schema";
