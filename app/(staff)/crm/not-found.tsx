import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { LIST_PATH } from "@/components/subscribers/list-params";
import { buttonStyle } from "@/components/ui/button";

export default function SubscriberNotFound() {
  const t = useTranslations("subscribers.notFound");
  return (
    <div className="card">
      <EmptyState
        title={<h1>{t("title")}</h1>}
        text={t("text")}
        action={
          <Link href={LIST_PATH} className={buttonStyle({ size: "s" })}>
            {t("action")}
          </Link>
        }
      />
    </div>
  );
}
