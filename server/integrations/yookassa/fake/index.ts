export type { Failures } from "./failures";
export { type FakeYookassa, type FakeYookassaOptions, startFakeYookassa } from "./server";
export type { FakeDelivery, FakePayment } from "./store";
