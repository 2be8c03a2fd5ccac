import type { Messages } from "./messages";

type Kind = keyof Messages["errors"]["kind"];

/** What `useTranslations("errors")` and `getTranslations("errors")` give. */
type ErrorTexts = { (key: `kind.${Kind}`): string; has(key: string): boolean };

const isKind = (kind: string, t: ErrorTexts): kind is Kind => t.has(`kind.${kind}`);

/** The words for a refusal by its kind; an unknown kind reads as our own mistake, never as its raw message. */
export function errorText(t: ErrorTexts, kind: string | undefined): string {
  return kind !== undefined && isKind(kind, t) ? t(`kind.${kind}`) : t("kind.invariant");
}
