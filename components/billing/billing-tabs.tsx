import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tab-links";

const TABS = ["runs", "invoices", "bank", "periods", "usage", "terminals", "settings"] as const;

/** The pages of the billing section. */
export function BillingTabs({ current }: { current: (typeof TABS)[number] }) {
  const t = useTranslations("billing.tabs");
  return (
    <TabLinks
      label={t("label")}
      className="mb-4"
      items={TABS.map((tab) => ({ href: `/billing/${tab}`, label: t(tab), current: tab === current }))}
    />
  );
}
