import { CalendarClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { CancelChangeDialog } from "./cancel-change-dialog";
import type { AccountTariff } from "./outputs";
import { useTariffWords } from "./use-tariff-words";

type Props = { accountId: string; tariff: AccountTariff; today: string; mayCancel: boolean };

/** The change that waits: what to, from which day, and the way out of it. Nothing where none is planned. */
export function ScheduledChange({ accountId, tariff, today, mayCancel }: Props) {
  const t = useTranslations("changes.scheduled");
  const words = useTariffWords(today);
  const { scheduled, subscriptionId } = tariff;
  if (!scheduled) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 rounded-control bg-info-soft px-3 py-1.5 text-small">
      <p className="flex min-w-0 flex-1 basis-56 items-start gap-2">
        <CalendarClock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-info" />
        <span>
          {t("text", { day: words.day(scheduled.effectiveOn), to: words.name(scheduled), fee: words.fee(scheduled) })}
        </span>
      </p>
      {mayCancel ? (
        <div className="max-sm:pl-3">
          {" "}
          <CancelChangeDialog
            accountId={accountId}
            subscriptionId={subscriptionId}
            name={words.name(tariff)}
            scheduled={scheduled}
            today={today}
          />
        </div>
      ) : null}
    </div>
  );
}
