import { useLocale, useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { refusalValues } from "@/components/trpc/refusal-values";

type Reason = keyof Messages["runs"]["reason"];
type Failure = keyof Messages["runs"]["failure"];

const keyOf = (reason: string) => reason.replaceAll(".", "_");

/** A reason of the program in the reader's words; one that nobody has put into words says where to look. */
export function useReasonWords(): (reason: string) => string {
  const t = useTranslations("runs.reason");
  return (reason) => {
    if (reason === "") return "";
    const key = keyOf(reason) as Reason;
    return t.has(key) ? t(key) : t("other");
  };
}

/** Why a run stopped by itself and what to do, as sentences; `periodStart` is the first day of its month. */
export function useFailureWords(): (failure: string, periodStart: string) => string {
  const t = useTranslations("runs.failure");
  const locale = useLocale();
  const reasonWords = useReasonWords();
  return (failure, periodStart) => {
    const key = keyOf(failure) as Failure;
    if (!t.has(key)) {
      const words = reasonWords(failure);
      return `${words.charAt(0).toLocaleUpperCase(locale)}${words.slice(1)}.`;
    }
    return t(key, refusalValues({ month: periodStart.slice(0, 7) }, locale) as { month: string });
  };
}
