import { type Day, isDay } from "@/server/kernel/day";
import { type Minor, parseAmount } from "@/server/kernel/money";
import { isMixedEncoding } from "./mixed-encoding";
import { statementFault } from "./statement-fault";

export interface Party {
  /** Twenty digits, "" when the bank does not say. */
  readonly account: string;
  readonly bic: string;
  readonly inn: string;
  readonly name: string;
}

export interface StatementDocument {
  /** Line that its section begins on, 1 = the first of the file. */
  readonly line: number;
  /** «Платежное поручение» and the like. */
  readonly kind: string;
  readonly number: string;
  readonly documentedOn: Day;
  readonly amountMinor: Minor;
  readonly payer: Party;
  readonly payee: Party;
  /** Day the payee's bank had it; null while it has not. */
  readonly receivedOn: Day | null;
  readonly purpose: string;
  /** Every key as the file says it, those we do not know among them. */
  readonly raw: Readonly<Record<string, string>>;
}

/** What the bank says an account received in the statement's days; null when it does not say. */
export interface Turnover {
  readonly account: string;
  readonly receivedMinor: Minor | null;
}

export interface Statement {
  readonly version: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly turnovers: readonly Turnover[];
  readonly documents: readonly StatementDocument[];
}

const MARK = "1CClientBankExchange";
const VERSION = /^1\.0[0-3]$/;
const KEY = /^[A-Za-zА-Яа-яЁё0-9_]+$/;
const DAY = /^(\d{2})\.(\d{2})\.(\d{4})$/;
const AMOUNT = /^\d{1,15}(?:[.,]\d{1,2})?$/;

interface Section {
  readonly line: number;
  /** Null for the head of the file. */
  readonly ends: string | null;
  readonly kind: string;
  readonly fields: Map<string, { readonly value: string; readonly line: number }>;
}

/**
 * Reads `1CClientBankExchange` 1.00–1.03 (the exchange format of 1C:Enterprise). All or nothing: what is broken, cut off or of two
 * encodings throws `invalid` (`bank.<fault>`) with the line. Sums come out in kopecks.
 */
export function parseStatement(text: string): Statement {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines[0]?.trim() !== MARK) throw statementFault("not_a_statement", { line: 1 });
  const head: Section = newSection(1, null, "");
  const turnovers: Turnover[] = [];
  const documents: StatementDocument[] = [];
  let section = head;
  let ended = false;
  for (let index = 1; index < lines.length; index += 1) {
    const line = index + 1;
    const said = (lines[index] ?? "").trim();
    if (said === "") continue;
    if (ended) throw statementFault("after_end", { line });
    if (isMixedEncoding(said)) throw statementFault("encoding_mixed", { line });
    if (said === section.ends) {
      if (section.ends === "КонецДокумента") documents.push(documentOf(section));
      else turnovers.push(turnoverOf(section));
      section = head;
    } else if (said === "КонецФайла") {
      if (section !== head) throw statementFault("section_inside", { line, from: section.line });
      ended = true;
    } else if (said === "КонецДокумента" || said === "КонецРасчСчет") {
      throw statementFault("section_unopened", { line });
    } else if (said === "СекцияРасчСчет" || said.startsWith("СекцияДокумент=")) {
      if (section !== head) throw statementFault("section_inside", { line, from: section.line });
      section =
        said === "СекцияРасчСчет"
          ? newSection(line, "КонецРасчСчет", "")
          : newSection(line, "КонецДокумента", said.slice("СекцияДокумент=".length).trim());
    } else takeField(section, head, said, line);
  }
  if (!ended) throw statementFault("cut", { line: lastLine(lines) });
  const version = head.fields.get("ВерсияФормата");
  if (!version || !VERSION.test(version.value)) throw statementFault("version_unknown", { line: version?.line ?? 1 });
  return {
    version: version.value,
    from: dayOf(head, "ДатаНачала"),
    to: dayOf(head, "ДатаКонца"),
    turnovers,
    documents,
  };
}

function newSection(line: number, ends: string | null, kind: string): Section {
  return { line, ends, kind, fields: new Map() };
}

function takeField(section: Section, head: Section, said: string, line: number): void {
  const at = said.indexOf("=");
  const key = said.slice(0, Math.max(at, 0)).trim();
  if (!KEY.test(key)) {
    // A key in letters of another alphabet is what a piece of another encoding looks like.
    throw statementFault(/[^\x20-\x7eА-Яа-яЁё]/.test(key) ? "encoding_mixed" : "line_malformed", { line });
  }
  // The head may name several accounts and several kinds of document.
  if (section.fields.has(key) && section !== head) throw statementFault("key_repeats", { line, key });
  section.fields.set(key, { value: said.slice(at + 1).trim(), line });
}

function lastLine(lines: readonly string[]): number {
  let last = lines.length;
  while (last > 1 && (lines[last - 1] ?? "").trim() === "") last -= 1;
  return last;
}

function documentOf(section: Section): StatementDocument {
  const text = (...keys: readonly string[]) => {
    for (const key of keys) {
      const value = section.fields.get(key)?.value;
      if (value) return value;
    }
    return "";
  };
  const number = text("Номер");
  if (number === "") throw statementFault("number_missing", { line: section.line });
  const documentedOn = dayOf(section, "Дата");
  if (documentedOn === null) throw statementFault("date_malformed", { line: section.line, key: "Дата" });
  const party = (who: "Плательщик" | "Получатель"): Party => ({
    account: text(`${who}РасчСчет`, `${who}Счет`).replace(/[\s.]/g, ""),
    bic: text(`${who}БИК`),
    inn: text(`${who}ИНН`),
    name: text(`${who}1`, who),
  });
  const purpose =
    text("НазначениеПлатежа") || [1, 2, 3, 4, 5, 6].map((part) => text(`НазначениеПлатежа${part}`)).join(" ");
  return {
    line: section.line,
    kind: section.kind,
    number,
    documentedOn,
    amountMinor: amountOf(section),
    payer: party("Плательщик"),
    payee: party("Получатель"),
    receivedOn: dayOf(section, "ДатаПоступило"),
    purpose: purpose.trim(),
    raw: Object.fromEntries([...section.fields].map(([key, { value }]) => [key, value])),
  };
}

function amountOf(section: Section): Minor {
  const field = section.fields.get("Сумма");
  const value = field?.value ?? "";
  const amountMinor = AMOUNT.test(value) ? parseAmount(value.replace(",", ".")) : 0n;
  if (amountMinor <= 0n) throw statementFault("amount_malformed", { line: field?.line ?? section.line, key: "Сумма" });
  return amountMinor;
}

/** Null when it is not said; a day that is no day refuses the file. */
function dayOf(section: Section, key: string): Day | null {
  const field = section.fields.get(key);
  if (!field || field.value === "") return null;
  const [, day, month, year] = DAY.exec(field.value) ?? [];
  const text = `${year}-${month}-${day}`;
  if (!isDay(text)) throw statementFault("date_malformed", { line: field.line, key });
  return text;
}

function turnoverOf(section: Section): Turnover {
  const said = section.fields.get("ВсегоПоступило")?.value ?? "";
  return {
    account: (section.fields.get("РасчСчет")?.value ?? "").replace(/[\s.]/g, ""),
    receivedMinor: AMOUNT.test(said) ? parseAmount(said.replace(",", ".")) : null,
  };
}
