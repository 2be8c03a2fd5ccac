import { maskEmail, maskPhone } from "@/server/domain/crm";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { type Channel, type MessageLocale, REMINDER_EVENTS, type ReminderEvent } from "../constants";
import type { Occasion, TariffName } from "./due-steps";
import { dayWords, moneyWords, sumsWords } from "./message-words";

/** A code begins with its event. Throws `invariant` (`template.of_no_event`). */
export function eventOfTemplate(code: string): ReminderEvent {
  const event = REMINDER_EVENTS.find((one) => code.startsWith(`${one}_`));
  if (!event) throw new DomainError("invariant", "template.of_no_event", { code });
  return event;
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
  { event, on, amountMinor, chargeMinor, tariff, beforeMinor, change }: Occasion,
  { payUrl, operator }: { readonly payUrl: string; readonly operator: string },
): Record<string, string> {
  return {
    ...{ name, operator, account: number, link: payUrl },
    day: dayWords(change?.effectiveOn ?? on, locale),
    amount: moneyWords(amountMinor, locale),
    charge: moneyWords(chargeMinor, locale),
    balance: moneyWords(balanceMinor, locale),
    ...(tariff && { tariff: named(tariff, locale) }),
    ...(beforeMinor !== undefined && { before: moneyWords(beforeMinor, locale) }),
    ...(change && {
      from: named(change.from, locale),
      fee: moneyWords(change.feeMinor, locale),
      returned: moneyWords(change.returnedMinor, locale),
      sums: sumsWords({ ...change, chargeMinor: event === "change_made" ? chargeMinor : 0n }, locale),
    }),
  };
}

const named = ({ nameRu, nameEn }: TariffName, locale: MessageLocale) => (locale === "en" ? nameEn : nameRu);

/** Where a channel reaches somebody, and that with its middle cut out; null when there is nothing to write to. */
export function recipientOf(
  { phone, email }: { readonly phone: string | null; readonly email: string | null },
  channel: Channel,
): { readonly address: string; readonly masked: string } | null {
  if (channel === "email") return email ? { address: email, masked: maskEmail(email) } : null;
  return phone ? { address: phone, masked: maskPhone(phone) } : null;
}
