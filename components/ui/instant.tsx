import { useLocale, useTimeZone } from "next-intl";
import { formatDay, formatInstant, formatInstantExact } from "@/components/i18n/format-date";

type InstantProps = {
  at: Date /** The same `now` for the whole page, so server and browser agree. */;
  now: Date;
  className?: string;
};

/** «сегодня, 10:42» in the operator's zone; the exact moment on hover. */
export function Instant({ at, now, className }: InstantProps) {
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  return (
    <time dateTime={at.toISOString()} title={formatInstantExact(at, locale, zone)} className={className}>
      {formatInstant(at, now, locale, zone)}
    </time>
  );
}

/** «1 декабря» of a calendar day "2026-12-01". */
export function DayWords({ day, today, className }: { day: string; today?: string; className?: string }) {
  return (
    <time dateTime={day} className={className}>
      {formatDay(day, useLocale(), today)}
    </time>
  );
}
