import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/blocks/page-header";
import type { TariffFacts } from "./outputs";
import { usePriceWords } from "./use-price-words";

export function TariffHeader({ facts, actions }: { facts: TariffFacts; actions?: ReactNode }) {
  const t = useTranslations("catalog.tariff");
  const locale = useLocale();
  const { tariff, subscribers, today } = facts;
  const words = usePriceWords(today);
  const sub = [
    words.kind(tariff.kind),
    tariff.downKbps ? t("speed", { speed: words.speed(tariff.downKbps) }) : null,
    tariff.boostHours ? t("boost", { hours: tariff.boostHours }) : null,
    t("subscribers", { count: subscribers }),
    tariff.isPublic ? null : t("hidden"),
    tariff.status === "published" ? null : t(`status.${tariff.status}`),
  ].filter((part) => part !== null);
  return (
    <PageHeader
      back={{ href: "/catalog", label: t("back") }}
      title={locale === "ru" ? tariff.nameRu : tariff.nameEn}
      sub={
        <>
          {sub.join(" · ")} · <span className="id">{tariff.code}</span>
        </>
      }
      actions={actions}
    />
  );
}
