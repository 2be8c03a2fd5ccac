import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { BaseCard } from "@/components/analytics/base-card";
import { ChurnByTariff, ChurnByTenure } from "@/components/analytics/churn-cards";
import { RevenueCard } from "@/components/analytics/revenue-card";
import { DashboardStats } from "@/components/analytics/stats";
import { EmptyState } from "@/components/blocks/empty-state";
import { LedgerMark } from "@/components/blocks/ledger-mark";
import { PageHeader } from "@/components/blocks/page-header";
import { formatNumber } from "@/components/i18n/format";
import { formatInstant, formatMonth } from "@/components/i18n/format-date";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { MonthSteps } from "./_components/month-steps";
import { type AnalyticsParams, readMonth } from "./search-params";

export async function generateMetadata() {
  return { title: (await getTranslations("analytics"))("title") };
}

export default async function AnalyticsPage({ searchParams }: { searchParams: Promise<AnalyticsParams> }) {
  await requirePage("analytics:read");
  const month = readMonth(await searchParams);
  const [dashboard, t, locale, zone] = await Promise.all([
    api().then((call) => orNotFound(call.analytics.dashboard(month ? { month } : {}))),
    getTranslations("analytics"),
    getLocale(),
    getTimeZone(),
  ]);
  const { proof } = dashboard.check;
  const at = (instant: Date) => formatInstant(instant, dashboard.asOf, locale, zone);
  const isEmpty = dashboard.base.every((row) => row.active + row.started + row.ended === 0);
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t(dashboard.running ? "asOfRunning" : "asOf", {
          month: formatMonth(dashboard.month, locale),
          at: at(dashboard.asOf),
        })}
        mark={isEmpty ? null : <LedgerMark differenceMinor={dashboard.check.differenceMinor} />}
        actions={<MonthSteps month={dashboard.month} isFirst={dashboard.isFirst} isLast={dashboard.running} />}
      />
      {isEmpty ? (
        <div className="card">
          <EmptyState title={t("empty.title")} text={t("empty.text")} />
        </div>
      ) : (
        <>
          <DashboardStats dashboard={dashboard} />
          <div className="grid gap-3.5 xl:grid-cols-[1.55fr_1fr]">
            <RevenueCard dashboard={dashboard} />
            <BaseCard dashboard={dashboard} />
            <ChurnByTariff dashboard={dashboard} />
            <ChurnByTenure dashboard={dashboard} />
          </div>
        </>
      )}
      <p className="mt-3 text-small text-muted">
        {proof === null
          ? t("agreement.never")
          : proof.proven
            ? t("agreement.proven", { at: at(proof.provenAt), accounts: formatNumber(proof.accounts, locale) })
            : t("agreement.disproved", { count: formatNumber(proof.differing, locale) })}
      </p>
    </>
  );
}
