import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";

type Reason = keyof Messages["runs"]["reason"];

/** A reason of the program in the reader's words; one that nobody has put into words is said to be that, with its code. */
export function useReasonWords(): (reason: string) => string {
  const t = useTranslations("runs.reason");
  return (reason) => {
    const key = reason.replaceAll(".", "_") as Reason;
    return t.has(key) ? t(key) : t("unknown", { reason });
  };
}
