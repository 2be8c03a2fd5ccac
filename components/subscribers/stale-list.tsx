import Link from "next/link";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/blocks/error-state";
import { buttonStyle } from "@/components/ui/button";
import { LIST_PATH } from "./list-params";

/** The error face of a page address that is not ours. */
export function StaleList() {
  const t = useTranslations("subscribers.list.stale");
  return (
    <div className="card">
      <ErrorState
        happened={t("title")}
        kept={t("text")}
        action={
          <Link href={LIST_PATH} className={buttonStyle({ size: "s" })}>
            {t("action")}
          </Link>
        }
      />
    </div>
  );
}
