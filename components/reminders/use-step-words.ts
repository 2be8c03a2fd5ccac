import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { TEMPLATE_CODE } from "@/server/domain/notifications/constants";

type Template = keyof Messages["reminders"]["template"];

/** «за 3 дня», «в этот день», «через 7 дней». */
export function useWhenWords(): (offsetDays: number) => string {
  const t = useTranslations("reminders.when");
  return (offsetDays) =>
    offsetDays === 0 ? t("on") : t(offsetDays < 0 ? "before" : "after", { days: Math.abs(offsetDays) });
}

/** The name of a text; a code that nobody has words for is shown as it is. */
export function useTemplateWords(): (code: string) => string {
  const t = useTranslations("reminders.template");
  return (code) => (TEMPLATE_CODE.test(code) && t.has(code as Template) ? t(code as Template) : code);
}
