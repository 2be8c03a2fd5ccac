import { DomainError } from "@/server/kernel/errors";
import { PLACEHOLDERS, type ReminderEvent } from "../constants";

const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * The text with its placeholders filled in one pass: braces inside a value stay what they are, and control characters of a
 * value cannot begin a new header or line. Throws `invariant` (`template.no_value`) for a placeholder that has no value:
 * templates are checked when they are written.
 */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new DomainError("invariant", "template.no_value", { name });
    return value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  });
}

/**
 * Refuses a text that could not be filled. Throws `invalid`: `template.unknown_placeholder`, which names it, or
 * `template.stray_brace`.
 */
export function checkTemplate(event: ReminderEvent, text: string): void {
  const allowed: readonly string[] = PLACEHOLDERS[event];
  for (const [, name = ""] of text.matchAll(PLACEHOLDER)) {
    if (!allowed.includes(name)) {
      throw new DomainError("invalid", "template.unknown_placeholder", { name: name.slice(0, 40) });
    }
  }
  if (/[{}]/.test(text.replace(PLACEHOLDER, ""))) throw new DomainError("invalid", "template.stray_brace");
}
