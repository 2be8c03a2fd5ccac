import { dayIn } from "@/server/kernel/day";
import { formatAmount } from "@/server/kernel/money";
import { PROTOCOL_ZONE, type TerminalDialect } from "./dialect";

/** Sberbank's own protocol: ACTION, PAY_ID and CODE, in windows-1251. Whom the account belongs to and what is on it is not told. */
export const sberbank: TerminalDialect = {
  protocol: "sberbank",
  encoding: "windows-1251",
  parameters: { command: "ACTION", txnId: "PAY_ID", account: "ACCOUNT", sum: "AMOUNT", paidAt: "PAY_DATE" },
  commands: { check: "check", payment: "pay", cancel: "cancel", status: "status" },
  mustHaveDate: true,
  date: /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})_(?<hours>\d{2}):(?<minutes>\d{2}):(?<seconds>\d{2})$/,
  answers: {
    ok: [0, "Успешное завершение операции"],
    try_later: [1, "Временная ошибка. Повторите запрос позже"],
    unknown_command: [2, "Неизвестный тип запроса"],
    account_not_found: [3, "Абонент не найден"],
    bad_account: [4, "Неверный формат идентификатора плательщика"],
    account_inactive: [5, "Счёт плательщика не активен"],
    bad_txn_id: [6, "Неверное значение идентификатора транзакции"],
    payment_not_found: [6, "Транзакция не найдена"],
    cancel_refused: [7, "Отмена платежа невозможна"],
    conflict: [8, "Дублирование транзакции с другими данными"],
    payment_reversed: [8, "Транзакция отменена"],
    bad_sum: [9, "Неверная сумма платежа"],
    sum_too_small: [10, "Сумма слишком мала"],
    sum_too_large: [11, "Сумма слишком велика"],
    bad_date: [12, "Неверное значение даты"],
    malformed: [300, "Запрос не разобрать"],
  },
  elements: ({ payment }, code, words) => [
    ["CODE", `${code}`],
    ["MESSAGE", words],
    ["EXT_ID", payment ? `${payment.number}` : null],
    ["REG_DATE", payment ? dateOf(payment.receivedAt) : null],
    ["AMOUNT", payment ? formatAmount(payment.amountMinor) : null],
  ],
};

const TIME = new Intl.DateTimeFormat("ru-RU", { timeZone: PROTOCOL_ZONE, timeStyle: "medium", hourCycle: "h23" });

function dateOf(at: Date): string {
  const [year, month, day] = dayIn(at, PROTOCOL_ZONE).split("-");
  return `${day}.${month}.${year}_${TIME.format(at)}`;
}
