import { CircleAlert, CircleCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/blocks/text-link";
import { formatMoney } from "@/components/i18n/format";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { Card } from "@/components/ui/card";
import type { EntityPeriods } from "./billing-types";
import { AskPeriodDialog } from "./period-dialogs";
import { ProveButton } from "./prove-button";

type Next = NonNullable<EntityPeriods["next"]>;
type Props = { entity: EntityPeriods; mayClose: boolean; mayProve: boolean };

/** What keeps the next month open, each thing with the way to it; or the button that closes it. */
export function NextPeriodCard({ entity, mayClose, mayProve }: Props) {
  const t = useTranslations("billing.periods");
  const locale = useLocale();
  const { next, legalEntityId, periods } = entity;
  if (!next)
    return (
      <Card padded className="mb-3.5 text-muted">
        {t("allClosed")}
      </Card>
    );
  const words = formatMonth(next.month, locale);
  const waits = periods.find((row) => row.month === next.month)?.waiting;
  const ready = next.obstacles.length === 0;
  return (
    <Card padded className="mb-3.5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-[1rem] font-semibold">{t("next", { month: words })}</h2>
        {ready ? (
          <p className="mt-1 flex items-start gap-1.5 text-ok">
            <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {t("ready", { month: words })}
          </p>
        ) : (
          <>
            <p className="mt-1 text-muted">{t("inTheWay")}</p>
            <ul className="mt-1 grid gap-1">
              {next.obstacles.map((obstacle) => (
                <li key={obstacle.kind} className="flex items-start gap-1.5">
                  <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
                  <span>
                    <Obstacle obstacle={obstacle} />{" "}
                    {obstacle.kind === "uninvoiced" ? (
                      <TextLink href={`/billing/invoices?month=${next.month.slice(0, 7)}`}>{t("toInvoices")}</TextLink>
                    ) : null}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {mayProve && !ready ? <ProveButton /> : null}
        {mayClose && ready && !waits ? (
          <AskPeriodDialog act="close" legalEntityId={legalEntityId} month={next.month.slice(0, 7)} words={words} />
        ) : null}
      </div>
    </Card>
  );
}

function Obstacle({ obstacle }: { obstacle: Next["obstacles"][number] }) {
  const t = useTranslations("billing.periods.obstacle");
  const locale = useLocale();
  switch (obstacle.kind) {
    case "not_over":
      return t("not_over", { day: formatDay(obstacle.endsOn, locale) });
    case "disproved":
      return t("disproved", { count: obstacle.differing });
    case "proven_too_early":
      return t("proven_too_early", { day: formatDay(obstacle.on, locale) });
    case "uninvoiced":
      return t("uninvoiced", { count: obstacle.accounts, amount: formatMoney(obstacle.minor, locale) });
    default:
      return t(obstacle.kind);
  }
}
