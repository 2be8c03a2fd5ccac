import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { BarList } from "@/components/blocks/bar-list";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { StatStrip } from "@/components/blocks/stat-strip";
import { formatNumber, formatSignedMoney } from "@/components/i18n/format";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import type { Impact } from "./outputs";
import { SampleCard } from "./sample-card";
import { usePriceWords } from "./use-price-words";

/** Days of moving that are drawn; the rest are told in a line. */
const DRAWN = 6;

type Props = { impact: Impact; price: { newFrom: string; existingFrom: string | null }; path: string };

/** Whom a proposed price reaches and when, what it earns, three subscribers line by line, and everyone by name. */
export function ImpactView({ impact, price, path }: Props) {
  const t = useTranslations("catalog.impact");
  const locale = useLocale();
  const words = usePriceWords(impact.today);
  const { affected, turns, beforeMonthMinor: before, afterMonthMinor: after } = impact;
  if (affected === 0) {
    return (
      <Card>
        <EmptyState
          title={t("nobody")}
          text={price.existingFrom ? t("nobodyStay") : t("nobodyText", { day: words.day(price.newFrom) })}
        />
      </Card>
    );
  }
  const change = after - before;
  return (
    <section aria-labelledby="impact" className="grid gap-3.5">
      <h2 id="impact" className="text-[1rem] font-semibold">
        {t("title")}
      </h2>
      <div className="-mb-3.5">
        <StatStrip
          label={t("stats")}
          items={[
            {
              id: "affected",
              label: t("affected"),
              value: formatNumber(affected, locale),
              change: { direction: "same", tone: "neutral", text: t("turns", turns) },
            },
            { id: "before", label: t("before"), value: <Money minor={before} kopecks="whole" /> },
            { id: "after", label: t("after"), value: <Money minor={after} kopecks="whole" /> },
            { id: "change", label: t("change"), value: formatSignedMoney(change, locale, { kopecks: "whole" }) },
          ]}
        />
      </div>
      <div className="grid items-start gap-3.5 md:grid-cols-2">
        <MovesCard impact={impact} />
        <StaysCard impact={impact} />
      </div>
      <h3 className="text-[0.9375rem] font-semibold">{t("samples")}</h3>
      <div className="grid items-start gap-3.5 xl:grid-cols-3">
        {impact.samples.map((sample) => (
          <SampleCard key={sample.accountId} sample={sample} today={impact.today} />
        ))}
      </div>
      <h3 className="text-[0.9375rem] font-semibold">{t("list")}</h3>
      <AffectedTable impact={impact} path={path} />
    </section>
  );
}

function MovesCard({ impact }: { impact: Impact }) {
  const t = useTranslations("catalog.impact");
  const locale = useLocale();
  const words = usePriceWords(impact.today);
  const drawn = impact.moves.slice(0, DRAWN);
  const rest = impact.moves.slice(DRAWN);
  const most = Math.max(...impact.moves.map((move) => move.count));
  const last = rest.at(-1);
  return (
    <Card padded>
      <CardHeader as="h3" className="px-0! pt-0!" title={t("moves")} sub={t("movesSub")} />
      <BarList
        label={t("moves")}
        items={drawn.map(({ on, count }) => ({
          id: on,
          label: words.day(on),
          value: formatNumber(count, locale),
          percent: (count / most) * 100,
        }))}
      />
      {last ? (
        <p className="mt-2 text-small text-muted">
          {t("movesMore", {
            days: rest.length,
            day: words.day(last.on),
            count: formatNumber(
              rest.reduce((sum, move) => sum + move.count, 0),
              locale,
            ),
          })}
        </p>
      ) : null}
    </Card>
  );
}

function StaysCard({ impact: { stays } }: { impact: Impact }) {
  const t = useTranslations("catalog.impact");
  const locale = useLocale();
  return (
    <Card padded>
      <CardHeader as="h3" className="px-0! pt-0!" title={t("stays")} />
      <dl className="grid gap-1.5 text-[0.84375rem]">
        {(["personal", "ends", "not_reached"] as const).map((why) => (
          <div key={why} className="flex justify-between gap-4">
            <dt className="text-muted">{t(why)}</dt>
            <dd className="num">{formatNumber(stays[why], locale)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function AffectedTable({ impact, path }: { impact: Impact; path: string }) {
  const t = useTranslations("catalog.impact");
  const words = usePriceWords(impact.today);
  const { from, pageSize, affected, list } = impact;
  const at = (start: number) => (start === 0 ? path : `${path}?from=${start}`);
  return (
    <DataTable
      label={t("listLabel")}
      rows={list}
      rowKey={(row) => row.accountId}
      empty={<EmptyState title={t("nobody")} />}
      dense
      paging={{
        from: from + 1,
        to: from + list.length,
        total: affected,
        ...(from > 0 && { previousHref: at(Math.max(0, from - pageSize)) }),
        ...(from + list.length < affected && { nextHref: at(from + pageSize) }),
      }}
      columns={[
        {
          key: "name",
          header: t("name"),
          rowHeader: true,
          cell: (row) => (
            <span className="block min-w-28 whitespace-normal">
              <Link href={`/crm/${row.accountId}`} className="font-medium hover:underline">
                {row.customerName}
              </Link>
              <span className="block font-normal text-muted">
                <span className="id">{row.accountNumber}</span>
                <span className="sm:hidden"> · {t("sampleSub", { day: words.day(row.movesOn) })}</span>
              </span>
            </span>
          ),
        },
        { key: "on", header: t("movesOn"), className: "max-sm:hidden", cell: (row) => words.day(row.movesOn) },
        { key: "was", header: t("was"), numeric: true, cell: (row) => <Money minor={row.beforeMinor} /> },
        { key: "becomes", header: t("becomes"), numeric: true, cell: (row) => <Money minor={row.afterMinor} /> },
      ]}
    />
  );
}
