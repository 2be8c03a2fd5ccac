export { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR, PAYMENT_STATES, type PaymentState } from "./constants";
export type { GatewayContext } from "./internal";
export { pollPayments } from "./poll-payments";
export {
  type CollectRequest,
  GatewayError,
  type GatewayErrorKind,
  type GatewayPayment,
  type PaymentGateway,
} from "./ports";
export { postPayment } from "./post-payment";
export { findPayments, listPayments, readPayment } from "./read-payment";
export { receiveWebhook } from "./receive-webhook";
export { recordPayments } from "./record-payments";
export { PaymentKeyInput, ReceiveWebhookInput, RecordPaymentInput, StartPaymentInput } from "./schema";
export { setWebhookAside } from "./set-webhook-aside";
export { type StartedPayment, startPayment } from "./start-payment";
export { type SyncOutcome, syncPayment } from "./sync-payment";
