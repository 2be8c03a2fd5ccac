export { claimPosting } from "./claim-posting";
export {
  CUSTOMER,
  cashCode,
  TRANSFER_KINDS,
  type TransferKind,
  vatAdvanceCode,
  vatCode,
  vatDueCode,
} from "./constants";
export { limitsInForce, lockBalances, lockMonths, openBalances } from "./internal";
export { type LimitInForce, listLimitsInForce } from "./list-limits-in-force";
export { type BookedPayment, listPaymentsBooked } from "./list-payments-booked";
export { listOperations, type StatementLine, type StatementPlace } from "./list-transfers";
export { type NewTransfer, postTransfers } from "./post-transfers";
export { type LedgerProof, proveLedger } from "./prove-ledger";
export { readBalance, readBalances } from "./read-balance";
export { availableMinor, balanceEffect } from "./rules/balance";
