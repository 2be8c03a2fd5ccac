import { readPhone } from "@/server/domain/crm";
import type { IdentifierKind } from "../constants";

const FORMS: Readonly<Record<IdentifierKind, (text: string) => string | null>> = {
  phone: readPhone,
  login: (text) => fitting(text, /^[A-Za-z0-9][A-Za-z0-9._@-]{1,62}$/),
  ip: (text) => fitting(text, /^[0-9a-fA-F.:]{2,45}$/)?.toLowerCase() ?? null,
  card: (text) => fitting(text.replace(/[\s-]/g, ""), /^\d{6,22}$/),
  other: (text) => fitting(text, /^\S.{0,119}$/),
};

function fitting(text: string, form: RegExp): string | null {
  return form.test(text) ? text : null;
}

/** The one way an identifier is written, so that what a switch says and what is assigned meet; null when it is none. */
export function readIdentifier(kind: IdentifierKind, text: string): string | null {
  return FORMS[kind](text.trim());
}
