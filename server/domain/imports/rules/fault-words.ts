import type { FileFault, RowFault } from "../constants";

export const REPORT_LANGUAGES = ["ru", "en"] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

type Words<F extends string> = Readonly<Record<F, readonly [ru: string, en: string]>>;

/** `{value}` is what the cell says. */
export const ROW_WORDS: Words<RowFault> = {
  row_malformed: [
    "строка не читается как CSV: не закрыта или не на месте кавычка",
    "not readable as CSV: a quote is unclosed or out of place",
  ],
  columns_count: ["число ячеек не равно числу колонок: {value}", "the number of cells is not that of columns: {value}"],
  value_missing: ["пусто, а значение обязательно", "blank, but a value is required"],
  value_unknown: ["значение «{value}» не описано в разметке", "value “{value}” is not in the mapping"],
  value_too_long: ["значение слишком длинное: «{value}»", "value is too long: “{value}”"],
  id_duplicate: ["повторяет номер из строки {value}", "repeats the id of line {value}"],
  changed: ["строка уже импортирована и с тех пор изменилась", "the row was imported before and has changed since"],
  account_taken: ["лицевой счёт «{value}» уже занят", "account number “{value}” is taken"],
  contract_taken: ["номер договора «{value}» уже занят", "contract number “{value}” is taken"],
  amount_malformed: ["«{value}» — не сумма", "“{value}” is not a sum"],
  amount_negative: ["сумма отрицательна: {value}", "the sum is negative: {value}"],
  amount_absurd: ["сумма неправдоподобно велика: {value}", "the sum is absurdly large: {value}"],
  days_malformed: ["«{value}» — не число дней от 0 до 365", "“{value}” is not a number of days from 0 to 365"],
  months_malformed: ["«{value}» — не число месяцев", "“{value}” is not a number of months"],
  months_absurd: ["неправдоподобно много месяцев: {value}", "absurdly many months: {value}"],
  total_missing: ["сумма пуста, а месяцев {value}", "the total is blank, but there are {value} months"],
  total_without_months: ["сумма {value} при нуле месяцев", "a total of {value} with zero months"],
  total_inconsistent: [
    "сумма {value} не вяжется с числом месяцев и платой",
    "a total of {value} does not agree with the months and the fee",
  ],
  date_malformed: ["«{value}» — не дата", "“{value}” is not a date"],
  date_in_future: ["дата в будущем: {value}", "the date is in the future: {value}"],
  ends_before_start: ["расторгнут раньше, чем подключён: {value}", "ends before it starts: {value}"],
  phone_malformed: ["не номер телефона", "not a telephone number"],
  email_malformed: ["не адрес электронной почты", "not an e-mail address"],
  inn_malformed: ["не ИНН", "not an INN"],
  address_malformed: [
    "адрес не разобран: нужны город, улица, дом",
    "the address is not understood: city, street and house are needed",
  ],
  product_missing: ["нет ни одной основной услуги", "no main product"],
  tariff_unknown: ["нет тарифа «{value}»", "no tariff “{value}”"],
  login_malformed: ["«{value}» не годится в логины сети", "“{value}” will not do as a network login"],
  login_taken: ["логин «{value}» уже занят", "login “{value}” is taken"],
  secret_malformed: [
    "пароль сети: нужны 8–64 латинских знака без пробелов",
    "network password: 8–64 ASCII characters without spaces are needed",
  ],
};

export const FILE_WORDS: Words<FileFault> = {
  file_missing: ["Файла {file} нет.", "There is no file {file}."],
  file_unreadable: ["Файл {file} не читается ({code}).", "File {file} cannot be read ({code})."],
  file_is_directory: ["{file} — папка, а нужен файл CSV.", "{file} is a folder; a CSV file is needed."],
  file_not_regular: ["{file} — не обычный файл.", "{file} is not a regular file."],
  file_empty: ["Файл пуст.", "The file is empty."],
  file_binary: ["Файл двоичный, а нужен текст CSV.", "The file is binary; CSV text is needed."],
  file_is_workbook: ["Это книга Excel: сохраните её как CSV.", "This is an Excel workbook: save it as CSV."],
  file_is_utf16: ["Файл в UTF-16: сохраните его в UTF-8.", "The file is in UTF-16: save it as UTF-8."],
  file_not_csv: [
    "Файл не похож на таблицу: нет строк разумной длины.",
    "The file does not look like a table: no lines of a sensible length.",
  ],
  file_changed: ["Файл изменился во время импорта: повторите.", "The file changed during the import: try again."],
  encoding_broken: [
    "Строка {line}: байты не складываются в {encoding}, файл повреждён или в другой кодировке.",
    "Line {line}: bytes are not {encoding}; the file is damaged or in another encoding.",
  ],
  encoding_mismatch: [
    "В разметке кодировка {encoding}, а файл в {found}.",
    "The mapping says {encoding}, but the file is {found}.",
  ],
  separator_mismatch: [
    "В разметке разделитель «{separator}», а в файле «{found}».",
    "The mapping says separator “{separator}”, but the file has “{found}”.",
  ],
  header_repeats: ["Колонка «{column}» в заголовке дважды.", "Column “{column}” is in the header twice."],
  columns_missing: ["В файле нет колонок: {columns}.", "Columns are missing: {columns}."],
  no_rows: ["В файле нет строк, только заголовок.", "The file has no rows, only a header."],
  mapping_unknown: [
    "Нет разметки «{mapping}». Есть: {known}; или укажите путь к файлу JSON.",
    "There is no mapping “{mapping}”. There are: {known}; or give the path of a JSON file.",
  ],
  mapping_unreadable: ["Разметка {mapping} — не JSON: {why}.", "Mapping {mapping} is not JSON: {why}."],
  mapping_invalid: ["Разметка {mapping} с ошибками: {faults}.", "Mapping {mapping} has faults: {faults}."],
  as_of_malformed: ["«{asOf}» — не день: нужен вид 2026-11-22.", "“{asOf}” is not a day: it looks like 2026-11-22."],
  as_of_in_future: ["День {asOf} ещё не наступил.", "The day {asOf} has not come yet."],
};

export function wording(words: readonly [string, string], language: ReportLanguage, details: object): string {
  const values = details as Record<string, unknown>;
  return words[language === "ru" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ""}`);
}
