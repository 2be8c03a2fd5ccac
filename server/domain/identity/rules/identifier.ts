import type { IdentifierKind } from "../constants";

/**
 * What a person may have meant by the one line of the sign-in field, most likely first. Phone in any spelling
 * («8 (912) 345-67-41», «9123456741») becomes E.164; an e-mail is lower-cased; a contract or account number loses its
 * label («Л/С № …»), spaces and case. A bare number is tried as a phone first, then as it stands.
 *
 * @returns nothing for an empty line; otherwise one or two values as `login_identifiers` stores them.
 */
export function identifierCandidates(typed: string): string[] {
  const text = typed.normalize("NFKC").replaceAll(INVISIBLE, "").trim();
  if (text === "") return [];
  if (text.includes("@")) return [text.toLowerCase()];
  const phone = phoneOf(text);
  const number = numberOf(text);
  return [...new Set([phone, number].filter((value): value is string => value !== null && value !== ""))];
}

/**
 * How an identifier of a known kind is stored, so that whatever a person types finds it. Null when it is not of its
 * kind.
 */
export function storedIdentifier(kind: IdentifierKind, value: string): string | null {
  switch (kind) {
    case "phone":
      return phoneOf(value);
    case "email":
      return /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? value.normalize("NFKC").trim().toLowerCase() : null;
    case "contract":
    case "account":
      return value.includes("@") ? null : numberOf(value.normalize("NFKC").trim()) || null;
  }
}

/** «8 912 345-67-41» → «+79123456741»; null when it is not a phone. Ten digits starting with 9 are a Russian mobile. */
export function phoneOf(typed: string): string | null {
  const text = typed.normalize("NFKC").trim();
  if (!/^\+?[\d\s().\-‐-―]+$/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, "");
  if (text.startsWith("+")) return /^[1-9]\d{9,14}$/.test(digits) ? `+${digits}` : null;
  if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`;
  return /^9\d{9}$/.test(digits) ? `+7${digits}` : null;
}

/** A contract or account number as it is compared: no label, no spaces, one kind of dash, upper case. */
function numberOf(text: string): string {
  return text
    .replaceAll(/[‐-―−]/g, "-")
    .toUpperCase()
    .replace(LABEL, "")
    .replaceAll(/\s+/g, "");
}

const INVISIBLE = /(?!\s)\p{Cc}|[\u200B-\u200F\u2060\uFEFF]/gu;
const LABEL =
  /^(?:(?:Л\s*\/\s*С|ЛС|ЛИЦЕВОЙ СЧ[ЁЕ]Т|ДОГОВОР)(?=[\s№N:.\d]))?\s*(?:№|NO(?=[\s.\d])|N(?=[\s.\d]))?[\s.:]*/;
