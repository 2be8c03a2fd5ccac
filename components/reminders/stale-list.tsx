import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { buttonStyle } from "@/components/ui/button";
import { REMINDER_PAGES } from "./reminders-header";

/** The address is not one of ours any more: an old link, a place typed by hand. */
export function StaleList({ page }: { page: keyof typeof REMINDER_PAGES }) {
  const t = useTranslations("subscribers.list.stale");
  return (
    <div className="card">
      <EmptyState
        title={t("title")}
        text={t("text")}
        action={
          <a href={REMINDER_PAGES[page]} className={buttonStyle({ size: "s" })}>
            {t("action")}
          </a>
        }
      />
    </div>
  );
}
