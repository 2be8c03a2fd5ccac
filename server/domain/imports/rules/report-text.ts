import { formatAmount } from "@/server/kernel/money";
import { FILE_FAULTS, type FileFault, type Total } from "../constants";
import type { ImportReport } from "../import-subscribers";
import { FILE_WORDS, type ReportLanguage, ROW_WORDS, wording } from "./fault-words";
import type { RowProblem } from "./read-row";
import { totalOf } from "./totals";

export { REPORT_LANGUAGES, type ReportLanguage } from "./fault-words";

/** The one line for a file, mapping or day that cannot be worked with; null for a reason that is not of this module. */
export function faultText(reason: string, details: object, language: ReportLanguage): string | null {
  const fault = FILE_FAULTS.find((name): name is FileFault => reason === `import.${name}`);
  return fault ? wording(FILE_WORDS[fault], language, details) : null;
}

/** «Строка 15, колонка «TotalCharges»: «abc» — не сумма (7590-VHVEG)». */
export function problemText(problem: RowProblem, language: ReportLanguage): string {
  const { line, column, fault, value, externalId } = problem;
  const place = language === "ru" ? `Строка ${line}` : `Line ${line}`;
  const where = column === null ? "" : language === "ru" ? `, колонка «${column}»` : `, column “${column}”`;
  const whose = externalId === null || externalId === value ? "" : ` (${externalId})`;
  return `${place}${where}: ${wording(ROW_WORDS[fault], language, { value: value ?? "" })}${whose}`;
}

const TOTAL_WORDS: Record<Total, readonly [string, string]> = {
  accounts: ["Лицевые счета", "Accounts"],
  active: ["из них действуют", "of them active"],
  terminated: ["из них расторгнуты", "of them terminated"],
  mrr: ["Абонплата в месяц, ₽", "Monthly recurring, ₽"],
  charged: ["Начислено за историю, ₽", "Charged in history, ₽"],
  paid: ["Оплачено за историю, ₽", "Paid in history, ₽"],
  opening: ["Входящие остатки, ₽", "Opening balances, ₽"],
};
const COUNTS = new Set<Total>(["accounts", "active", "terminated"]);

const OUTCOME_WORDS = {
  imported: ["Импорт завершён.", "Imported."],
  unchanged: ["Нового в файле нет: ничего не изменено.", "Nothing new in the file: nothing was changed."],
  dry_run: ["Пробный импорт прошёл: ничего не записано.", "The dry run went through: nothing was written."],
  rows_rejected: [
    "Отказ: есть негодные строки, не записано ничего. Исправьте их или повторите с --accept-rejects.",
    "Refused: there are bad rows, nothing was written. Mend them or repeat with --accept-rejects.",
  ],
  totals_differ: [
    "Отказ: суммы файла и базы разошлись, не записано ничего.",
    "Refused: sums of the file and the database differ, nothing was written.",
  ],
  ledger_not_proven: [
    "Отказ: журнал не сходится с балансами, не записано ничего.",
    "Refused: the ledger does not prove, nothing was written.",
  ],
} as const;

/** The reconciliation report as people read it. */
export function reportText(report: ImportReport, language: ReportLanguage): string {
  const say = (words: readonly [string, string]) => words[language === "ru" ? 0 : 1];
  const { file, ledger } = report;
  const separator = file.separator === "\t" ? "TAB" : file.separator;
  const lines = [
    `${say([report.title.ru, report.title.en])}: ${file.name}, ${say(["на", "as of"])} ${report.asOf}`,
    `${say(["Кодировка", "Encoding"])} ${file.encoding}, ${say(["разделитель", "separator"])} «${separator}», sha256 ${file.sha256.slice(0, 12)}`,
    ...(report.billedFrom
      ? [
          `${say(["Списания начнутся", "Charging begins"])} ${report.billedFrom}: ${say(["текущий период списан прежним биллингом", "the present period was charged by the former billing"])} ("charging": "this_period" ${say(["меняет это", "changes that"])})`,
        ]
      : []),
    ...(report.ignoredColumns.length > 0
      ? [`${say(["Колонки без соответствия", "Columns not taken"])}: ${report.ignoredColumns.join(", ")}`]
      : []),
    `${say(["Строк", "Rows"])} ${report.rows} = ${say(["новых", "new"])} ${report.rows - report.unchanged - report.rejected} + ${say(["прежних", "known"])} ${report.unchanged} + ${say(["негодных", "rejected"])} ${report.rejected}`,
    ...report.problems.map((problem) => `  ${problemText(problem, language)}`),
    ...(report.refusal === "rows_rejected" ? [] : table(report, say)),
    `${say(["Журнал", "Ledger"])}: ${say(["счетов", "accounts"])} ${ledger.accounts}, ${say(["расхождений", "differences"])} ${ledger.differing}`,
    say(OUTCOME_WORDS[report.refusal ?? (report.outcome as Exclude<ImportReport["outcome"], "refused">)]),
  ];
  return lines.join("\n");
}

function table({ totals }: ImportReport, say: (words: readonly [string, string]) => string): string[] {
  const rows = totals.reconciled.map((name) => {
    const [source, ours] = [totalOf(totals.source, name), totalOf(totals.ours, name)];
    const shown = (value: bigint) => (COUNTS.has(name) ? `${value}` : formatAmount(value));
    return [say(TOTAL_WORDS[name]), shown(source), shown(ours), shown(ours - source)];
  });
  const head = [
    say(["Сверка", "Reconciliation"]),
    say(["в файле", "file"]),
    say(["в базе", "database"]),
    say(["разница", "difference"]),
  ];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
