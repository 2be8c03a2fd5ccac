import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/blocks/page-header";
import { TabLinks } from "@/components/ui/tab-links";

export const REMINDER_PAGES = {
  ladder: "/billing/dunning",
  due: "/billing/dunning/due",
  log: "/billing/dunning/log",
  exceptions: "/billing/dunning/exceptions",
  texts: "/billing/dunning/texts",
} as const;
type PageName = keyof typeof REMINDER_PAGES;

/** The top of every page of reminders: what it is about, and the way to the others. */
export function RemindersHeader({ page, sub, actions }: { page: PageName; sub: ReactNode; actions?: ReactNode }) {
  const t = useTranslations("reminders");
  return (
    <>
      <PageHeader title={t("title")} sub={sub} actions={actions} />
      <TabLinks
        label={t("tabs.label")}
        className="mb-4"
        items={(Object.keys(REMINDER_PAGES) as PageName[]).map((name) => ({
          href: REMINDER_PAGES[name],
          label: t(`tabs.${name}`),
          current: name === page,
        }))}
      />
    </>
  );
}
