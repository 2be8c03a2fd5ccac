import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { dayOf, formatDay } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import { CloseLimitDialog } from "./close-limit-dialog";
import { OpenLimitDialog } from "./open-limit-dialog";
import type { LimitFacts, PromisedFacts } from "./outputs";
import { PromisedRow } from "./promised-row";

type Props = {
  accountId: string;
  limits: readonly LimitFacts[];
  promised: PromisedFacts;
  now: Date;
  today: string;
  mayOpen: boolean;
  mayPromise: boolean;
};

/** Credit that ends by itself: what runs, what waits for its day, what may be promised, what there was. */
export function CreditCard({ accountId, limits, promised, now, today, mayOpen, mayPromise }: Props) {
  const t = useTranslations("subscribers.credit");
  const live = limits.filter((limit) => !limit.closedAt);
  const past = limits.filter((limit) => limit.closedAt);
  return (
    <Card aria-labelledby="credit">
      <CardHeader
        id="credit"
        title={t("title")}
        action={mayOpen ? <OpenLimitDialog accountId={accountId} today={today} /> : undefined}
      />
      {live.length > 0 ? (
        <ul aria-label={t("live")} className="divide-y divide-line border-t border-line">
          {live.map((limit) => (
            <li key={limit.id} className="flex items-start justify-between gap-3 px-4 py-3">
              <LimitFace limit={limit} now={now} today={today} />
              {mayOpen ? <CloseLimitDialog accountId={accountId} limit={limit} /> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="px-4 pb-3.5 text-small text-muted">{t(past.length > 0 ? "emptyNow" : "empty")}</p>
      )}
      <PromisedRow accountId={accountId} promised={promised} now={now} today={today} mayStart={mayPromise} />
      {past.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-2.5 text-small text-muted hover:text-ink focus-visible:-outline-offset-2">
            {t("past", { count: past.length })}
          </summary>
          <ul className="divide-y divide-line border-t border-line">
            {past.map((limit) => (
              <li key={limit.id} className="px-4 py-2.5">
                <LimitFace limit={limit} now={now} today={today} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

const TONES = { ended: "off", withdrawn: "off", kept: "ok", broken: "danger" } as const satisfies Record<
  NonNullable<LimitFacts["outcome"]>,
  Tone
>;

function LimitFace({ limit, now, today }: { limit: LimitFacts; now: Date; today: string }) {
  const t = useTranslations("subscribers.credit");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { kind, amountMinor, fromAt, untilAt, closedAt, outcome, feeMinor, note, grantedBy } = limit;
  const waits = !closedAt && fromAt > now;
  const word = outcome ? t(`outcome.${outcome}`) : waits ? t("waits") : t("runs");
  const parts = [
    feeMinor > 0n ? t("fee", { amount: formatMoney(feeMinor, locale) }) : null,
    grantedBy ? t("by", { name: grantedBy }) : null,
  ].filter((part) => part !== null);
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <Money minor={amountMinor} className="font-semibold" />
        <span className="text-small">{t(`kind.${kind}`)}</span>
        <StatusBadge tone={outcome ? TONES[outcome] : waits ? "info" : "warn"} size="s">
          {word}
        </StatusBadge>
      </p>
      <p className="mt-1 text-small text-muted">
        {closedAt
          ? t.rich("interval", {
              from: () => <Instant at={fromAt} now={now} />,
              to: () => <Instant at={closedAt} now={now} />,
            })
          : waits
            ? t("between", {
                from: formatDay(dayOf(fromAt, zone), locale, today),
                to: formatDay(dayOf(untilAt, zone), locale, today),
              })
            : t.rich("until", { at: () => <Instant at={untilAt} now={now} /> })}
        {parts.length > 0 ? ` · ${parts.join(" · ")}` : null}
      </p>
      {note ? <p className="mt-1 rounded-control bg-sunken px-2.5 py-1.5 text-small break-words">{note}</p> : null}
    </div>
  );
}
