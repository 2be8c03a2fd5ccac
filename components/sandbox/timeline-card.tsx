import { useLocale, useTranslations } from "next-intl";
import { DocumentTitle } from "@/components/documents/document-title";
import { reasonWords } from "@/components/documents/line-words";
import { formatMoney } from "@/components/i18n/format";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { ChargeItem } from "@/components/subscribers/charge-list";
import { FoldedList } from "@/components/subscribers/folded-list";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { type StoryItem, storyOf } from "./month-story";
import type { CopyFacts } from "./outputs";

/** Month by month: what was charged and why so much, given back, paid, when the service was closed, and the month's document. */
export function TimelineCard({ copy }: { copy: CopyFacts }) {
  const t = useTranslations("sandbox.timeline");
  if (copy.clockOn === copy.copiedOn && copy.charges.length + copy.payments.length === 0) {
    return (
      <Card>
        <CardHeader title={t("title")} sub={t("empty")} />
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader title={t("title")} />
      {copy.months.map((row) => (
        <MonthStory key={row.month} copy={copy} month={row.month} chargedMinor={row.chargedMinor} />
      ))}
    </Card>
  );
}

type MonthProps = { copy: CopyFacts; month: string; chargedMinor: bigint };

/** A month in which nothing happened is one line. */
function MonthStory({ copy, month, chargedMinor }: MonthProps) {
  const t = useTranslations("sandbox.timeline");
  const locale = useLocale();
  const items = storyOf(copy, month);
  return (
    <section className="border-t border-line">
      <h3 className="num flex items-baseline justify-between gap-3 bg-sunken px-4 py-2 text-small font-semibold">
        {formatMonth(month, locale)}
        <span className="font-medium text-muted">
          {chargedMinor > 0n ? t("charged", { amount: formatMoney(chargedMinor, locale) }) : t("nothing")}
        </span>
      </h3>
      {items.length > 0 ? (
        <FoldedList
          label={t("month", { month: formatMonth(month, locale) })}
          none={t("nothing")}
          items={items.map((item) => ({
            id: idOf(item),
            node: <Story item={item} copy={copy} />,
          }))}
        />
      ) : null}
    </section>
  );
}

function idOf(item: StoryItem): string {
  switch (item.kind) {
    case "charge":
      return `${item.charge.subscriptionId} ${item.charge.term} ${item.charge.periodStart} ${item.charge.kind}`;
    case "credit":
      return item.credit.id;
    case "payment":
      return item.payment.id;
    case "document":
      return item.document.slug;
    case "block":
      return item.block.id;
  }
}

function Story({ item, copy }: { item: StoryItem; copy: CopyFacts }) {
  const { clockOn: today, copiedOn } = copy;
  const t = useTranslations("sandbox.timeline");
  const blocks = useTranslations("subscribers.blocks.reason");
  const documents = useTranslations("documents");
  const locale = useLocale();
  const day = formatDay(item.on, locale, today);
  if (item.kind === "charge") return <ChargeItem charge={item.charge} today={today} />;
  if (item.kind === "block") {
    const { reason, untilOn } = item.block;
    return (
      <div className="grid gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {t("block")}
          <StatusBadge tone={reason === "voluntary" ? "warn" : "danger"} size="s">
            {blocks(reason)}
          </StatusBadge>
        </p>
        <p className="text-small text-muted">
          {day}, {untilOn ? t("blockUntil", { day: formatDay(untilOn, locale, today) }) : t("blockOpen")}
        </p>
      </div>
    );
  }
  if (item.kind === "document") {
    const { kind, number, month, totalMinor, dueOn } = item.document;
    return (
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">
            <DocumentTitle kind={kind} number={number} />
          </p>
          <p className="text-small text-muted">
            {day}
            {month < copiedOn ? `, ${t("withBefore")}` : null}
            {dueOn ? `, ${documents("due", { day: formatDay(dueOn, locale, today) })}` : null}
          </p>
        </div>
        <Money minor={totalMinor} className="shrink-0 text-muted" />
      </div>
    );
  }
  const [title, amountMinor] =
    item.kind === "credit"
      ? [reasonWords(item.credit.reason, documents), item.credit.amountMinor]
      : [t("payment"), item.payment.amountMinor];
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-small text-muted">{day}</p>
      </div>
      <Money minor={amountMinor} movement className="shrink-0 font-semibold" />
    </div>
  );
}
