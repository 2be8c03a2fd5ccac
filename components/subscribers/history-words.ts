import type { Messages } from "@/components/i18n/messages";

type History = Messages["subscribers"]["history"];
export type EventKey = keyof History["event"];
export type ActionKey = keyof History["action"];

/** "payment.posted" → the key of its words; whether there are words is the caller's `t.has`. */
export const keyOf = (type: string): string => type.replaceAll(".", "_");

/** The sum in an event, kopecks as text in the record; null when it carries none. What leaves the account is negative. */
export function amountOf(type: string, payload: Readonly<Record<string, unknown>>): bigint | null {
  const text = payload.amountMinor ?? payload.dueMinor;
  if (typeof text !== "string" || !/^-?\d{1,18}$/.test(text)) return null;
  return type === "account.charged" || type === "payment.reversed" ? -BigInt(text) : BigInt(text);
}

/** Who a machine is to a reader: the part of its label before the colon. */
export function machineOf(label: string): keyof History["machine"] {
  const kind = label.split(":")[0];
  return kind === "webhook" || kind === "anonymous" ? kind : "job";
}

/** The tariff that an event tells of and its first day; null when it tells of none. */
export function changeOf(payload: Readonly<Record<string, unknown>>): { tariffId: string; on: string } | null {
  const { toTariffId, effectiveOn } = payload;
  return typeof toTariffId === "string" && typeof effectiveOn === "string"
    ? { tariffId: toTariffId, on: effectiveOn }
    : null;
}
