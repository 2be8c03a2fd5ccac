import type { UsageProblem, UsageReason, UsageReport } from "../import-usage";
import { type ReportLanguage, ROW_WORDS, wording } from "./fault-words";

type Words = readonly [ru: string, en: string];

const REASONS: Readonly<Record<UsageReason, Words>> = {
  row_malformed: ROW_WORDS.row_malformed,
  columns_count: ROW_WORDS.columns_count,
  value_missing: ROW_WORDS.value_missing,
  value_unknown: ROW_WORDS.value_unknown,
  value_too_long: ROW_WORDS.value_too_long,
  identifier_malformed: ["не номер, не логин и не адрес", "not a number, a login or an address"],
  moment_malformed: ["«{value}» — не дата со временем", "“{value}” is not a date with a time"],
  units_malformed: ["«{value}» — не количество", "“{value}” is not an amount of usage"],
  number_absurd: ["неправдоподобно много или меньше нуля", "absurdly much, or less than nothing"],
  changed: ["запись уже принята, а теперь в ней другое", "the record was taken before and says something else now"],
  too_late: ["слишком старая запись", "the record is too old"],
  in_future: ["запись из будущего", "the record is of the future"],
  unknown_service: ["ни у кого нет такого номера", "nobody has such a number"],
  not_in_force: ["в тот день номер не был ничьим", "the number was nobody's on that day"],
  account_closed: ["лицевой счёт закрыт", "the account is closed"],
  no_price: ["тариф этого дня не берёт платы за объём", "the tariff of that day does not charge usage"],
  meter_unknown: ["у тарифа нет цены на этот вид услуг", "the tariff has no price for this kind of usage"],
  wrong_measure: ["цена считает другое, чем запись", "the price counts another thing than the record"],
};

export const usageReasonText = (reason: UsageReason, language: ReportLanguage): string =>
  wording(REASONS[reason], language, { value: "…" });

/** «Строка 15, колонка «Секунд»: «abc» — не количество (A-17)». */
export function usageProblemText(problem: UsageProblem, language: ReportLanguage): string {
  const { line, column, reason, value, recordId } = problem;
  const place = language === "ru" ? `Строка ${line}` : `Line ${line}`;
  const where = column === null ? "" : language === "ru" ? `, колонка «${column}»` : `, column “${column}”`;
  const which = recordId === null || recordId.startsWith("#") ? "" : ` (${recordId})`;
  return `${place}${where}: ${wording(REASONS[reason], language, { value: value ?? "" })}${which}`;
}

const OUTCOMES: Readonly<Record<UsageReport["outcome"], Words>> = {
  stored: ["Записи приняты.", "The records were taken."],
  unchanged: ["Нового в файле нет: ничего не изменено.", "Nothing new in the file: nothing was changed."],
  dry_run: ["Пробный приём прошёл: ничего не записано.", "The dry run went through: nothing was written."],
};

/** Lines of problems in a text that a person reads to the end. */
const MOST_LINES = 50;

export function usageReportText(report: UsageReport, language: ReportLanguage): string {
  const say = (words: Words) => words[language === "ru" ? 0 : 1];
  const { file, problems } = report;
  const separator = file.separator === "\t" ? "TAB" : file.separator;
  const counts: readonly (readonly [Words, number])[] = [
    [["новых", "new"], report.stored],
    [["повторных", "repeated"], report.repeated],
    [["в корзину", "to the bin"], report.binned],
    [["изменившихся", "changed"], report.changed],
    [["не объём", "not usage"], report.skipped],
    [["нечитаемых", "unreadable"], report.unreadable],
  ];
  const shown = problems.slice(0, MOST_LINES);
  const told = report.reasons.reduce((sum, { count }) => sum + count, 0);
  return [
    `${say([report.title.ru, report.title.en])}: ${file.name}`,
    `${say(["Кодировка", "Encoding"])} ${file.encoding}, ${say(["разделитель", "separator"])} «${separator}», sha256 ${file.sha256.slice(0, 12)}`,
    ...(report.ignoredColumns.length > 0
      ? [`${say(["Колонки без соответствия", "Columns not taken"])}: ${report.ignoredColumns.join(", ")}`]
      : []),
    `${say(["Записей", "Records"])} ${report.rows} = ${counts.map(([words, count]) => `${say(words)} ${count}`).join(" + ")}`,
    ...report.reasons.map(({ reason, count }) => `  ${count} × ${usageReasonText(reason, language)}`),
    ...shown.map((problem) => `  ${usageProblemText(problem, language)}`),
    ...(told > shown.length ? [`  ${say(["и ещё", "and"])} ${told - shown.length}${say(["", " more"])}`] : []),
    say(OUTCOMES[report.outcome]),
  ].join("\n");
}
