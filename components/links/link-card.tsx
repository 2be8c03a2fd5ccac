import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { TextLink } from "@/components/blocks/text-link";
import { formatAge, formatMoney, formatNumber } from "@/components/i18n/format";
import { CardHeader } from "@/components/ui/card";
import type { LinkReading } from "@/server/domain/links";
import { LinkBadge } from "./link-state";
import { RetryButton } from "./retry-button";
import { errorKey } from "./state";

/** One join in words: what it promises, what waits, since when, what differs, and the button that sets it going. */
export function LinkCard({ link, now, mayRetry }: { link: LinkReading; now: Date; mayRetry: boolean }) {
  const t = useTranslations("links");
  const locale = useLocale();
  const behind = link.state === "behind" || link.state === "differs";
  const difference =
    link.differenceMinor === 0n
      ? formatNumber(link.differences, locale)
      : `${formatNumber(link.differences, locale)} · ${formatMoney(link.differenceMinor, locale)}`;
  return (
    <section className="border-b border-line pb-3.5 last:border-b-0">
      <CardHeader
        title={t(`name.${link.name}`)}
        sub={t(`what.${link.name}`)}
        action={<LinkBadge link={link} now={now} />}
      />
      <div className="grid gap-3 px-4">
        <KeyValue
          items={[
            { key: "waiting", label: t("waiting"), value: formatNumber(link.waiting, locale) },
            {
              key: "oldest",
              label: t("oldest"),
              value: link.oldestAt ? formatAge(now.getTime() - link.oldestAt.getTime(), locale) : t("nothing"),
            },
            { key: "differences", label: t("differences"), value: difference },
            { key: "day", label: t("dayCount"), value: formatNumber(link.dayCount, locale) },
            ...(link.lastError ? [{ key: "error", label: t("lastError"), value: t(errorKey(link.lastError)) }] : []),
          ]}
        />
        {link.sample.length > 0 ? (
          <p className="text-small">
            <span className="text-muted">{t("sample")}: </span>
            {link.sample.map((item, index) => (
              <span key={item.accountId}>
                {index > 0 ? ", " : null}
                <TextLink href={`/crm/${item.accountId}`}>{item.accountNumber}</TextLink>
                <span className="text-muted"> ({t(errorKey(item.note))})</span>
              </span>
            ))}
          </p>
        ) : null}
        {mayRetry && (link.waiting > 0 || link.differences > 0) ? (
          <RetryButton link={link.name} primary={behind} />
        ) : null}
      </div>
    </section>
  );
}
