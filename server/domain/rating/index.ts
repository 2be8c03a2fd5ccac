export { type ChargedDays, chargedDays } from "./rules/charged-days";
export { type Foreseen, type ForeseenCharge, foreseeCharges } from "./rules/foresee-charges";
export { missingMinor, passesPrepaidGate } from "./rules/money-gate";
export { feeOf, monthlyCharge, type ProposedCharge } from "./rules/monthly-charge";
export { type AccountOutcome, type AccountSnapshot, chargeKey, proposeAccount } from "./rules/propose-account";
