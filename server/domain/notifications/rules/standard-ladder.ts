import { REMINDER_EVENTS } from "../constants";
import type { Step } from "./due-steps";

/** A text of a message in one language. */
export interface TemplateText {
  readonly code: string;
  readonly locale: string;
  readonly subject: string;
  readonly body: string;
  readonly short: string;
}

/**
 * Steps that came with the product after the first ladder. They stand here, off, until an operator touches one; from then on
 * the table has it. Ids are for ever: messages name them.
 */
const STANDARD_STEPS: readonly Step[] = [
  standard(1, "price_changes", -14, "everyone", "email", "price_changes_before"),
  standard(2, "price_changes", -3, "person", "sms", "price_changes_before"),
  standard(3, "change_scheduled", 0, "everyone", "email", "change_scheduled_on"),
  standard(4, "change_made", 0, "everyone", "email", "change_made_on"),
  standard(5, "change_made", 0, "person", "sms", "change_made_on"),
  standard(6, "change_cancelled", 0, "everyone", "email", "change_cancelled_on"),
  standard(7, "change_failed", 0, "everyone", "email", "change_failed_on"),
];

function standard(
  number: number,
  event: Step["event"],
  offsetDays: number,
  audience: Step["audience"],
  channel: Step["channel"],
  templateCode: string,
): Step {
  const id = `01930000-0000-7000-8000-${number.toString().padStart(12, "0")}`;
  return { id, event, offsetDays, audience, channel, templateCode, isOn: false };
}

/** The operator's steps, and the standard ones that none of them is and whose place none has taken; by event and day. */
export function withStandardSteps(steps: readonly Step[]): Step[] {
  const taken = new Set(steps.flatMap((step) => [step.id, placeOf(step)]));
  const untouched = STANDARD_STEPS.filter((step) => !taken.has(step.id) && !taken.has(placeOf(step)));
  return [...steps, ...untouched].toSorted((a, b) => order(a) - order(b) || a.offsetDays - b.offsetDays);
}

const order = ({ event }: Step) => REMINDER_EVENTS.indexOf(event);
const placeOf = ({ event, offsetDays, audience, channel }: Step) => [event, offsetDays, audience, channel].join("|");

/** The operator's texts, and the standard ones that nobody has rewritten; by code and language. */
export function withStandardTexts(texts: readonly TemplateText[]): TemplateText[] {
  const key = ({ code, locale }: TemplateText) => `${code}/${locale}`;
  const known = new Set(texts.map(key));
  const untouched = STANDARD_TEXTS.filter((text) => !known.has(key(text)));
  return [...texts, ...untouched].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

const STANDARD_TEXTS: readonly TemplateText[] = [
  {
    ...{ code: "price_changes_before", locale: "ru" },
    subject: "С {day} меняется цена: {tariff}",
    body: "Здравствуйте!\n\nС {day} на лицевом счёте {account} {tariff} будет стоить {amount} за период вместо {before}.\n\nУже оплаченные дни не пересчитываются. Если новая цена не подходит, до этого дня можно выбрать другой тариф в личном кабинете или позвонить нам.\n\n{operator}",
    short: "Л/с {account}: с {day} {tariff} стоит {amount} вместо {before}. Другой тариф можно выбрать в кабинете.",
  },
  {
    ...{ code: "price_changes_before", locale: "en" },
    subject: "The price of {tariff} changes on {day}",
    body: "Hello,\n\nFrom {day} {tariff} on account {account} costs {amount} a period instead of {before}.\n\nDays that are paid for stay as they are. If the new price does not suit you, choose another tariff in your cabinet before that day, or call us.\n\n{operator}",
    short:
      "Account {account}: from {day} {tariff} costs {amount} instead of {before}. Other tariffs are in your cabinet.",
  },
  {
    ...{ code: "change_scheduled_on", locale: "ru" },
    subject: "Смена тарифа запланирована: {tariff} с {day}",
    body: "Здравствуйте!\n\nС {day} на лицевом счёте {account} вместо {from} начнёт действовать {tariff}: {amount} за период.\n\nСейчас {sums}. На счёте {balance}.\n\nДо этого дня смену можно отменить в личном кабинете или позвонив нам. Если вы её не просили, сообщите нам.\n\n{operator}",
    short: "Л/с {account}: с {day} вместо {from} будет {tariff}, {amount} за период. Сейчас {sums}.",
  },
  {
    ...{ code: "change_scheduled_on", locale: "en" },
    subject: "A change of tariff is scheduled: {tariff} from {day}",
    body: "Hello,\n\nFrom {day} account {account} has {tariff} instead of {from}: {amount} a period.\n\nFor now: {sums}. The balance is {balance}.\n\nUntil that day the change can be cancelled in your cabinet or by calling us. If you did not ask for it, tell us.\n\n{operator}",
    short: "Account {account}: {tariff} instead of {from} from {day}, {amount} a period. For now: {sums}.",
  },
  {
    ...{ code: "change_made_on", locale: "ru" },
    subject: "Тариф изменён: {tariff} с {day}",
    body: "Здравствуйте!\n\nС {day} на лицевом счёте {account} вместо {from} действует {tariff}: {amount} за период.\n\nПри смене {sums}. На счёте {balance}.\n\nКаждое списание с объяснением есть в личном кабинете. Если вы не просили о смене, сообщите нам.\n\n{operator}",
    short: "Л/с {account}: с {day} действует {tariff}, {amount} за период. При смене {sums}.",
  },
  {
    ...{ code: "change_made_on", locale: "en" },
    subject: "Your tariff has changed: {tariff} from {day}",
    body: "Hello,\n\nSince {day} account {account} has {tariff} instead of {from}: {amount} a period.\n\nWith the change: {sums}. The balance is {balance}.\n\nEvery charge is explained in your cabinet. If you did not ask for the change, tell us.\n\n{operator}",
    short: "Account {account}: {tariff} since {day}, {amount} a period. With the change: {sums}.",
  },
  {
    ...{ code: "change_cancelled_on", locale: "ru" },
    subject: "Смена тарифа отменена: остаётся {from}",
    body: "Здравствуйте!\n\nСмена тарифа на {tariff}, назначенная на {day}, на лицевом счёте {account} отменена. Остаётся {from}.\n\nПо отмене {sums}. На счёте {balance}.\n\n{operator}",
    short: "Л/с {account}: смена на {tariff} с {day} отменена, остаётся {from}. По отмене {sums}.",
  },
  {
    ...{ code: "change_cancelled_on", locale: "en" },
    subject: "The change of tariff is cancelled: {from} stays",
    body: "Hello,\n\nThe change to {tariff} on account {account}, which was due on {day}, is cancelled. {from} stays.\n\nWith that: {sums}. The balance is {balance}.\n\n{operator}",
    short: "Account {account}: the change to {tariff} on {day} is cancelled, {from} stays. With that: {sums}.",
  },
  {
    ...{ code: "change_failed_on", locale: "ru" },
    subject: "Смена тарифа не состоялась: {tariff}",
    body: "Здравствуйте!\n\n{day} на лицевом счёте {account} должен был начать действовать {tariff}, но {from} к этому дню отключён, и менять нечего.\n\nПо этой смене {sums}. На счёте {balance}.\n\nЕсли услуга нужна, подключите её заново в личном кабинете или позвоните нам.\n\n{operator}",
    short: "Л/с {account}: смена на {tariff} с {day} не состоялась, {from} отключён. По ней {sums}.",
  },
  {
    ...{ code: "change_failed_on", locale: "en" },
    subject: "The change of tariff was not made: {tariff}",
    body: "Hello,\n\n{tariff} was to begin on account {account} on {day}, but {from} had been switched off by then, and there was nothing to change.\n\nFor this change: {sums}. The balance is {balance}.\n\nIf you need the service, order it anew in your cabinet or call us.\n\n{operator}",
    short: "Account {account}: no change to {tariff} on {day}, {from} is switched off. For it: {sums}.",
  },
];
