import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";

type Known = keyof Messages["payments"]["method"];

/** «bank_card *4477» in the reader's language; what the provider calls in a way we have no words for stays as it is. */
export function useMethodWords(): (method: string) => string {
  const t = useTranslations("payments.method");
  return (method) => {
    const [, kind = "", digits] = /^([a-z_0-9]+)( \*\d{4})?$/.exec(method) ?? [];
    return t.has(kind as Known) ? `${t(kind as Known)}${digits ?? ""}` : method;
  };
}
