import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardHeader } from "@/components/ui/card";
import type { AccountTariffs } from "./outputs";
import { ScheduledChange } from "./scheduled-change";
import { useTariffWords } from "./use-tariff-words";

type Props = { accountId: string; tariffs: AccountTariffs };

/** The subscriber's main tariffs, each with the way to another; absent where there are none. */
export function TariffsCard({ accountId, tariffs: { tariffs, today } }: Props) {
  const t = useTranslations("changes");
  const words = useTariffWords(today);
  if (tariffs.length === 0) return null;
  return (
    <Card aria-labelledby="tariffs">
      <CardHeader id="tariffs" title={t("card.title", { count: tariffs.length })} />
      <ul aria-label={t("card.label")} className="divide-y divide-line border-t border-line">
        {tariffs.map((tariff) => {
          const notes = [
            tariff.isPersonal ? t("personal") : null,
            tariff.startsOn ? t("starts", { day: words.day(tariff.startsOn) }) : null,
            tariff.endsOn ? t("ends", { day: words.day(tariff.endsOn) }) : null,
          ].filter((note) => note !== null);
          return (
            <li key={tariff.subscriptionId} className="grid gap-2 px-4 py-3">
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
                <div className="min-w-0 flex-1 basis-48">
                  <p className="font-medium">
                    {words.name(tariff)}
                    {tariff.quantity > 1 ? (
                      <span className="text-muted"> {t("quantity", { count: tariff.quantity })}</span>
                    ) : null}
                  </p>
                  <p className="num text-small">
                    {[words.speed(tariff.downKbps), words.fee(tariff)].filter(Boolean).join(" · ")}
                  </p>
                  {notes.length > 0 ? <p className="text-small text-muted">{notes.join(" · ")}</p> : null}
                </div>
                <Link
                  href={`/my/services/tariff?account=${accountId}&subscription=${tariff.subscriptionId}`}
                  aria-label={`${t("open")}: ${words.name(tariff)}`}
                  className={buttonStyle({ size: "s" })}
                >
                  {t("open")}
                </Link>
              </div>
              <ScheduledChange accountId={accountId} tariff={tariff} today={today} mayCancel />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
