/** Numbers that a payer wrote into the purpose, and what he called them. */
export interface PurposeNumbers {
  readonly accounts: ReadonlySet<string>;
  readonly contracts: ReadonlySet<string>;
  /** Everything that could be a number, the named ones among it. */
  readonly all: ReadonlySet<string>;
}

const NUMBER = "[\\p{L}\\d](?:[\\p{L}\\d]|[-/](?=[\\p{L}\\d]))*";
const TOKEN = new RegExp(NUMBER, "gu");
/** What stands between a name and its number: «л/с: № 1001», «договору N 12». */
const GAP = "[\\s:.,=]*(?:№|N|#|номер\\S*)?[\\s:.]*";
const START = "(?<![\\p{L}\\d])";
const ACCOUNT = new RegExp(
  `${START}(?:л\\s?[/\\\\.]?\\s?с(?:ч[её]т\\p{L}*|ч)?|лиц(?:ев\\p{L}*)?\\.?\\s?сч(?:[её]т\\p{L}*)?\\.?)(?!\\p{L})${GAP}(${NUMBER})`,
  "giu",
);
const CONTRACT = new RegExp(`${START}(?:договор\\p{L}*|дог\\.?|контракт\\p{L}*)(?!\\p{L})${GAP}(${NUMBER})`, "giu");

/** Reads the purpose of a payment. Nothing is decided here: a number means something once somebody has it. */
export function readPurpose(purpose: string): PurposeNumbers {
  const named = (pattern: RegExp) =>
    new Set([...purpose.matchAll(pattern)].map((match) => plainNumber(match[1] ?? "")).filter(hasDigit));
  const [accounts, contracts] = [named(ACCOUNT), named(CONTRACT)];
  const tokens = [...purpose.matchAll(TOKEN)].map(([token]) => plainNumber(token)).filter(hasDigit);
  return { accounts, contracts, all: new Set([...accounts, ...contracts, ...tokens]) };
}

/** Numbers are compared without regard to case: people type «д-12» for «Д-12». */
export const plainNumber = (text: string): string => text.toLocaleUpperCase("ru");

const hasDigit = (text: string) => /\d/.test(text);
