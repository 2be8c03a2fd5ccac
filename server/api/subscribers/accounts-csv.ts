import type { ListedAccount } from "@/server/domain/crm";
import { formatAmount } from "@/server/kernel/money";

export type CsvWords = {
  readonly columns: readonly string[];
  readonly state: Readonly<Record<ListedAccount["state"], string>>;
  readonly locale: "ru" | "en";
};

/** Excel guesses the encoding without it. */
const BOM = "\uFEFF";

export const csvHead = (words: CsvWords): string => `${BOM}${line(words.columns)}`;

/** The columns of the list and nothing more; sums as numbers of the reader's own spreadsheet. */
export function csvRow(account: ListedAccount, { state, locale }: CsvWords): string {
  const amount = formatAmount(account.balanceMinor);
  return line([
    account.customerName,
    account.accountNumber,
    account.contractNumber,
    account.address ?? "",
    account.tariffs.map((tariff) => (locale === "ru" ? tariff.nameRu : tariff.nameEn)).join(", "),
    locale === "ru" ? amount.replace(".", ",") : amount,
    state[account.state],
    account.openedOn,
    account.endedOn ?? "",
  ]);
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(";")}\r\n`;

const NUMBER = /^-?\d+([.,]\d+)?$/;

/** A cell that a spreadsheet would run as a formula is made text by a quote mark; numbers are left numbers. */
function cell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
