import { maskEmail, maskPhone } from "@/server/domain/crm";
import type { Minor } from "@/server/kernel/money";
import type { Channel, MessageLocale, ReminderEvent } from "../constants";
import type { Occasion } from "./due-steps";
import { dayWords, moneyWords } from "./message-words";

/** A code begins with its event. */
export function eventOfTemplate(code: string): ReminderEvent {
  if (code.startsWith("money_ends_")) return "money_ends";
  return code.startsWith("payment_due_") ? "payment_due" : "trial_ends";
}

export interface Addressee {
  readonly number: string;
  readonly name: string;
  readonly locale: MessageLocale;
  readonly balanceMinor: Minor;
}

/** What every placeholder of the event stands for: `PLACEHOLDERS`. */
export function messageValues(
  { number, name, locale, balanceMinor }: Addressee,
  { on, amountMinor, chargeMinor, tariff }: Occasion,
  { payUrl, operator }: { readonly payUrl: string; readonly operator: string },
): Record<string, string> {
  return {
    ...{ name, operator, account: number, link: payUrl },
    day: dayWords(on, locale),
    amount: moneyWords(amountMinor, locale),
    charge: moneyWords(chargeMinor, locale),
    balance: moneyWords(balanceMinor, locale),
    ...(tariff && { tariff: locale === "en" ? tariff.nameEn : tariff.nameRu }),
  };
}

/** Where a channel reaches somebody, and that with its middle cut out; null when there is nothing to write to. */
export function recipientOf(
  { phone, email }: { readonly phone: string | null; readonly email: string | null },
  channel: Channel,
): { readonly address: string; readonly masked: string } | null {
  if (channel === "email") return email ? { address: email, masked: maskEmail(email) } : null;
  return phone ? { address: phone, masked: maskPhone(phone) } : null;
}
