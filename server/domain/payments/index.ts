export { addTerminal, type TerminalLogin } from "./add-terminal";
export { changeTerminal } from "./change-terminal";
export { closeTerminal } from "./close-terminal";
export {
  MAX_PAYMENT_MINOR,
  MIN_PAYMENT_MINOR,
  PAYMENT_STATES,
  type PaymentState,
  TERMINAL_OUTCOMES,
  TERMINAL_PROTOCOLS,
  type TerminalCommand,
  type TerminalOutcome,
  type TerminalProtocol,
} from "./constants";
export { dropTerminalRequests } from "./drop-terminal-requests";
export type { GatewayContext } from "./internal";
export { PAYMENT_SCHEDULES } from "./jobs";
export { listTerminalRequests, listTerminals, type TerminalRequestRow, type TerminalRow } from "./list-terminals";
export { pollPayments } from "./poll-payments";
export {
  type CollectRequest,
  GatewayError,
  type GatewayErrorKind,
  type GatewayPayment,
  type PaymentGateway,
  type TerminalAnswer,
  type TerminalPayment,
  type TerminalWords,
} from "./ports";
export { postPayment } from "./post-payment";
export { findPayments, listPayments, readPayment } from "./read-payment";
export { receiveWebhook } from "./receive-webhook";
export { recordPayments } from "./record-payments";
export { type KnownTerminal, requireTerminal, type TerminalProof } from "./require-terminal";
export { resetTerminal } from "./reset-terminal";
export {
  AddTerminalInput,
  ChangeTerminalInput,
  ListTerminalRequestsInput,
  PaymentKeyInput,
  ReceiveWebhookInput,
  RecordPaymentInput,
  StartPaymentInput,
  TerminalKeyInput,
} from "./schema";
export { setWebhookAside } from "./set-webhook-aside";
export { type StartedPayment, startPayment } from "./start-payment";
export { type SyncOutcome, syncPayment } from "./sync-payment";
export { workTerminalRequest } from "./work-terminal-request";
