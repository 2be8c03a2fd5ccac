/**
 * The words an account is found by, and the words of a query: lower case, ё = е, letters and digits only. Phones are kept
 * whole, without the country code, and by their last seven digits, the three ways people say them.
 */
export interface Searchable {
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
}

export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("ё", "е")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

export function documentWords(subject: Searchable): string[] {
  const phone = subject.phone?.replace(/\D/g, "") ?? "";
  const words = [
    ...[
      subject.accountNumber,
      subject.contractNumber,
      subject.name,
      subject.email ?? "",
      subject.address ?? "",
    ].flatMap(wordsOf),
    wordsOf(subject.accountNumber).join(""),
    wordsOf(subject.contractNumber).join(""),
    ...(phone.length === 11 ? [phone, phone.slice(1), phone.slice(-7)] : [phone]),
  ];
  return [...new Set(words.filter((word) => word.length > 0))];
}

/** Digits typed with a trunk 8 or +7 are the same number. Null when there is nothing to look for. */
export function searchQuery(text: string): string | null {
  const words = wordsOf(text).slice(0, 8);
  if (words.join("").length < 2) return null;
  const all = words.map((word) => `'${word}':*`).join(" & ");
  const digits = /^[\d\s()+\-.]+$/.test(text) ? words.join("") : "";
  if (digits.length < 5 || words.length === 1) {
    return digits.length === 11 && digits.startsWith("8") ? `'7${digits.slice(1)}':*` : all;
  }
  const whole = digits.length === 11 && digits.startsWith("8") ? `7${digits.slice(1)}` : digits;
  return `'${whole}':* | (${all})`;
}

/** What a query is when it is somebody's whole number: an account's or a contract's by its letters and digits, a phone's. */
export function wholeNumber(text: string): { readonly number: string; readonly phone: string | null } {
  const digits = /^[\d\s()+\-.]+$/.test(text) ? text.replace(/\D/g, "") : "";
  const phone = /^(?:[78]?(\d{10}))$/.exec(digits)?.[1];
  return { number: wordsOf(text).join(""), phone: phone ? `+7${phone}` : null };
}
