export { type ChargedDays, chargedDays } from "./rules/charged-days";
export { missingMinor, passesPrepaidGate } from "./rules/money-gate";
export { feeOf, monthlyCharge, type ProposedCharge } from "./rules/monthly-charge";
export { type AccountOutcome, type AccountSnapshot, chargeKey, proposeAccount } from "./rules/propose-account";
