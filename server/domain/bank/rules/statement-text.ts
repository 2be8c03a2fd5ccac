import { formatAmount } from "@/server/kernel/money";
import { DOCUMENT_SORTS, type DocumentSort, STATEMENT_FAULTS, type StatementFault } from "../constants";
import type { StatementReport, Tally } from "../import-statement";

export const STATEMENT_LANGUAGES = ["ru", "en"] as const;
export type StatementLanguage = (typeof STATEMENT_LANGUAGES)[number];

type Words = readonly [ru: string, en: string];

const FAULT_WORDS: Record<StatementFault, Words> = {
  not_a_statement: [
    "Это не выписка: первая строка не «1CClientBankExchange»",
    "Not a statement: the first line is not “1CClientBankExchange”",
  ],
  version_unknown: ["Строка {line}: версия формата не 1.00–1.03", "Line {line}: the format's version is not 1.00–1.03"],
  line_malformed: ["Строка {line}: нет «Ключ=Значение»", "Line {line}: no “Key=Value”"],
  key_repeats: ["Строка {line}: «{key}» в документе второй раз", "Line {line}: “{key}” a second time in one document"],
  section_inside: [
    "Строка {line}: раздел со строки {from} не закрыт",
    "Line {line}: the section of line {from} is not closed",
  ],
  section_unopened: ["Строка {line}: закрыт раздел, который не открывали", "Line {line}: an end without a beginning"],
  cut: ["Файл обрезан на строке {line}: нет «КонецФайла»", "The file is cut off at line {line}: no “КонецФайла”"],
  after_end: ["Строка {line}: после «КонецФайла» есть ещё что-то", "Line {line}: something follows “КонецФайла”"],
  encoding_mixed: [
    "Строка {line} в другой кодировке, чем остальной файл",
    "Line {line} is in another encoding than the rest",
  ],
  number_missing: ["Документ со строки {line}: нет номера", "The document of line {line} has no number"],
  date_malformed: ["Строка {line}: «{key}» не дата ДД.ММ.ГГГГ", "Line {line}: “{key}” is not a day DD.MM.YYYY"],
  amount_malformed: ["Строка {line}: «{key}» не сумма больше нуля", "Line {line}: “{key}” is not a sum above zero"],
  no_own_accounts: [
    "Не названы свои счета в банке: --own <20 цифр> или «Биллинг → Банк»",
    "No own bank accounts are named: --own <20 digits> or “Billing → Bank”",
  ],
  too_large: ["Файл больше 8 МиБ: возьмите его командой npm run bank", "Above 8 MiB: take it by npm run bank"],
};

const SORT_WORDS: Record<DocumentSort, Words> = {
  credit: ["Поступления", "Received"],
  debit: ["Списания", "Paid out"],
  between_own: ["Между своими счетами", "Between own accounts"],
  not_received: ["Ещё не поступили", "Not received yet"],
  foreign: ["Чужие счета", "Other accounts"],
};

const pick = (words: Words, language: StatementLanguage) => words[language === "ru" ? 0 : 1];

/** The one line for a statement that is refused; null for a reason that is not of this module. */
export function statementFaultText(reason: string, details: object, language: StatementLanguage): string | null {
  const fault = STATEMENT_FAULTS.find((name) => reason === `bank.${name}`);
  if (!fault) return null;
  return pick(FAULT_WORDS[fault], language).replace(/\{(\w+)\}/g, (_all, name: string) =>
    String((details as Record<string, unknown>)[name] ?? ""),
  );
}

/** What became of a statement, as people read it. */
export function statementText(report: StatementReport, language: StatementLanguage): string {
  const say = (ru: string, en: string) => (language === "ru" ? ru : en);
  const tally = (label: string, { count, amountMinor }: Tally) => `${label}: ${count}, ${formatAmount(amountMinor)} ₽`;
  const { file, documents } = report;
  return [
    `${file.name} (${file.encoding})${report.from ? `, ${report.from} – ${report.to ?? ""}` : ""}`,
    ...DOCUMENT_SORTS.filter((sort) => sort === "credit" || documents[sort].count > 0).map((sort) =>
      tally(pick(SORT_WORDS[sort], language), documents[sort]),
    ),
    tally(say("  разнесено", "  posted"), report.posted),
    tally(say("  ждёт разбора", "  waits for a person"), report.queued),
    tally(say("  уже было", "  was here before"), report.repeated),
    ...report.doubtful.map((line) =>
      say(
        `  строка ${line}: повторяет другой документ, но назначение иное; не взято`,
        `  line ${line}: repeats another document with another purpose; not taken`,
      ),
    ),
    ...report.turnovers.map(({ account, saidMinor, foundMinor }) =>
      say(
        `Оборот ${account} по заголовку ${formatAmount(saidMinor)}, по документам ${formatAmount(foundMinor)}`,
        `Turnover of ${account}: ${formatAmount(saidMinor)} by the head, ${formatAmount(foundMinor)} by documents`,
      ),
    ),
    report.outcome === "unchanged"
      ? say("Нового нет: ничего не изменено.", "Nothing new: nothing was changed.")
      : say("Выписка взята.", "The statement was taken."),
  ].join("\n");
}
