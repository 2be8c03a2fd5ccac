import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tab-links";

const TABS = [
  { id: "tariffs", href: "/catalog" },
  { id: "bundles", href: "/catalog/bundles" },
  { id: "promo", href: "/catalog/promo-codes" },
  { id: "changes", href: "/catalog/changes" },
] as const;

export function CatalogTabs({ current }: { current: (typeof TABS)[number]["id"] }) {
  const t = useTranslations("catalog.tabs");
  return (
    <TabLinks
      label={t("label")}
      className="mb-4"
      items={TABS.map(({ id, href }) => ({ href, label: t(id), current: id === current }))}
    />
  );
}
