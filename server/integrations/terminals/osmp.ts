import { formatAmount } from "@/server/kernel/money";
import type { TerminalDialect } from "./dialect";

/**
 * OSMP, which QIWI made common and other payment systems took over; Sberbank calls it its second protocol. `check` and `pay` are
 * the protocol's own, `cancel` and `status` what systems that can do more add to it.
 */
export const osmp: TerminalDialect = {
  protocol: "osmp",
  encoding: "utf-8",
  parameters: { command: "command", txnId: "txn_id", account: "account", sum: "sum", paidAt: "txn_date" },
  commands: { check: "check", pay: "pay", cancel: "cancel", status: "status" },
  mustHaveDate: false,
  date: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hours>\d{2})(?<minutes>\d{2})(?<seconds>\d{2})$/,
  answers: {
    ok: [0, "OK"],
    try_later: [1, "Временная ошибка, повторите запрос позже"],
    bad_account: [4, "Неверный формат номера счёта"],
    account_not_found: [5, "Счёт не найден"],
    account_inactive: [79, "Счёт не активен"],
    sum_too_small: [241, "Сумма слишком мала"],
    sum_too_large: [242, "Сумма слишком велика"],
    malformed: [300, "Запрос не разобрать"],
    unknown_command: [300, "Неизвестная команда"],
    bad_txn_id: [300, "Неверный номер транзакции"],
    bad_sum: [300, "Неверная сумма"],
    bad_date: [300, "Неверная дата"],
    conflict: [300, "Номер транзакции занят другим платежом"],
    payment_not_found: [300, "Платёж не найден"],
    payment_reversed: [300, "Платёж отменён"],
    cancel_refused: [300, "Отмена невозможна"],
  },
  elements: ({ txnId, payment }, code, words) => [
    ["osmp_txn_id", txnId],
    ["prv_txn", payment ? `${payment.number}` : null],
    ["sum", payment ? formatAmount(payment.amountMinor) : null],
    ["result", `${code}`],
    ["comment", words],
  ],
};
