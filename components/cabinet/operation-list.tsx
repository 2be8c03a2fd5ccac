import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatDay, formatInstant, formatMonth } from "@/components/i18n/format-date";
import { useMethodWords } from "@/components/payments/method-words";
import { Money } from "@/components/ui/money";
import { isFee } from "@/server/domain/subscriptions/constants";
import { AdjustmentStory } from "./adjustment-story";
import type { Operation } from "./cabinet-types";
import { ChargeStory } from "./charge-story";
import { PaymentStory } from "./payment-story";
import { tariffName } from "./tariff-name";

type Props = { operations: readonly Operation[]; label: string; now: Date; today: string };

/** Money in and out, newest first; each line opens to its reason, without JavaScript too. */
export function OperationList({ operations, label, now, today }: Props) {
  return (
    <ol aria-label={label} className="divide-y divide-line">
      {operations.map((operation) => (
        <li key={operation.id}>
          <OperationRow operation={operation} now={now} today={today} />
        </li>
      ))}
    </ol>
  );
}

/** The same, a card a month. */
export function OperationMonths({ operations, label, now, today }: Props) {
  const locale = useLocale();
  const months = Map.groupBy(operations, (operation) => operation.bookedOn.slice(0, 7));
  return (
    <div className="grid gap-3">
      {[...months].map(([month, rows]) => (
        <section key={month} aria-labelledby={`month-${month}`} className="card overflow-hidden">
          <h2 id={`month-${month}`} className="border-b border-line px-4 pt-3.5 pb-2.5 text-[1rem] font-semibold">
            {formatMonth(month, locale)}
          </h2>
          <OperationList operations={rows} label={`${label}, ${formatMonth(month, locale)}`} now={now} today={today} />
        </section>
      ))}
    </div>
  );
}

function OperationRow({ operation, now, today }: { operation: Operation; now: Date; today: string }) {
  const t = useTranslations("operations");
  const { charge, adjustment, payment } = operation;
  const story = charge ? (
    <ChargeStory charge={charge} />
  ) : adjustment ? (
    <AdjustmentStory adjustment={adjustment} />
  ) : payment ? (
    <PaymentStory payment={payment} now={now} />
  ) : null;
  const line = (
    <>
      <span className="min-w-0">
        <span className="block">
          <Title operation={operation} />
        </span>
        <span className="block text-small text-muted">
          <When operation={operation} now={now} today={today} />
          {story ? (
            <>
              {" · "}
              <span className="whitespace-nowrap underline decoration-control underline-offset-3 group-open:no-underline">
                {t(payment ? "details" : "why")}
              </span>
            </>
          ) : null}
        </span>
      </span>
      <Money minor={operation.effectMinor} movement className="shrink-0 font-semibold" />
    </>
  );
  const row = "flex items-start justify-between gap-3 px-4 py-3";
  if (!story) return <div className={row}>{line}</div>;
  return (
    <details className="group">
      <summary
        className={`${row} list-none hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden`}
      >
        {line}
      </summary>
      <div className="border-t border-dashed border-line bg-sunken px-4 py-3">{story}</div>
    </details>
  );
}

function Title({ operation: { kind, charge, adjustment, payment } }: { operation: Operation }): ReactNode {
  const t = useTranslations("operations");
  const locale = useLocale();
  const methodWords = useMethodWords();
  if (charge) {
    if (isFee(charge.kind)) return tariffName(charge, locale);
    const special = (["daily", "one_off", "usage"] as const).find((one) => charge.kind.startsWith(one));
    return t(special ? `chargeKind.${special}` : "charge", { tariff: tariffName(charge, locale) });
  }
  if (adjustment) return t("adjustmentOf", { tariff: tariffName(adjustment, locale) });
  if (payment?.methodTitle) return t("paymentBy", { method: methodWords(payment.methodTitle) });
  if (kind === "payment" || kind === "opening" || kind === "adjustment" || kind === "payment_reversal") return t(kind);
  return t("chargePlain");
}

/** Money that somebody paid has a moment; money that billing moved has a day. */
function When({ operation, now, today }: { operation: Operation; now: Date; today: string }): ReactNode {
  const t = useTranslations("operations");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { charge, payment } = operation;
  if (payment) return formatInstant(payment.paidAt ?? operation.occurredAt, now, locale, zone);
  const day = formatDay(operation.bookedOn, locale, today);
  if (!charge || charge.chargedDays === charge.periodDays) return day;
  return `${day} · ${t("days", { charged: charge.chargedDays, total: charge.periodDays })}`;
}
