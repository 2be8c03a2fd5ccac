import { useLocale, useTranslations } from "next-intl";
import { tariffName } from "@/components/subscribers/tariff-name";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { CopyFacts } from "./outputs";

/** What runs by the copy's clock, what holds it, and what the network would have been told. */
export function CopyServicesCard({ subscriptions }: Pick<CopyFacts, "subscriptions">) {
  const t = useTranslations("sandbox.services");
  const locale = useLocale();
  return (
    <Card>
      <CardHeader title={t("title")} />
      {subscriptions.length === 0 ? <p className="px-4 pb-3.5 text-small text-muted">{t("none")}</p> : null}
      <ul aria-label={t("title")} className="divide-y divide-line border-t border-line empty:hidden">
        {subscriptions.map((row) => (
          <li key={row.id} className="grid gap-1 px-4 py-3">
            <p className="font-medium">{tariffName(row, locale)}</p>
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-small text-muted">
              <SubscriptionState row={row} />
              {row.service ? <span>{t(`network.${row.service}`)}</span> : null}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SubscriptionState({ row }: { row: CopyFacts["subscriptions"][number] }) {
  const t = useTranslations("sandbox.services");
  const blocks = useTranslations("subscribers.blocks.reason");
  if (row.state !== "running")
    return (
      <StatusBadge tone="off" size="s">
        {t(row.state)}
      </StatusBadge>
    );
  if (row.blocks.length === 0)
    return (
      <StatusBadge tone="ok" size="s">
        {t("active")}
      </StatusBadge>
    );
  return row.blocks.map((reason) => (
    <StatusBadge key={reason} tone={reason === "voluntary" ? "warn" : "danger"} size="s">
      {blocks(reason)}
    </StatusBadge>
  ));
}
