import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { type Params, tableHref } from "@/components/blocks/table-url";
import { formatNumber } from "@/components/i18n/format";
import { AccountTable } from "@/components/subscribers/account-table";
import { FilterChips } from "@/components/subscribers/filter-chips";
import { ListFilters } from "@/components/subscribers/list-filters";
import { isNarrowed, listHref, readListParams } from "@/components/subscribers/list-params";
import { StaleList } from "@/components/subscribers/stale-list";
import { buttonStyle } from "@/components/ui/button";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { readPage } from "../../_components/read-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("subscribers");
  return { title: t("title") };
}

export default async function SubscribersPage({ searchParams }: { searchParams: Promise<Params> }) {
  await requirePage("customer:search");
  const params = readListParams(await searchParams);
  const { key, direction } = params.sort;
  const [call, t, locale] = await Promise.all([api(), getTranslations("subscribers"), getLocale()]);
  const [tariffs, found, page] = await Promise.all([
    call.subscribers.tariffs(),
    call.subscribers.count(params.filter),
    readPage(call.subscribers.list({ ...params.filter, ...params.page, sort: key, descending: direction === "desc" })),
  ]);
  if (!page) return <StaleList />;
  const count = formatNumber(found.count, locale);
  const last = page.from + page.accounts.length - 1;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={found.capped ? t("list.subCapped", { count }) : t("list.sub", { count: found.count })}
        actions={
          found.count > 0 ? (
            <a
              href={tableHref("/crm/export", params.address, { after: undefined, before: undefined })}
              download
              className={buttonStyle({ size: "s" })}
            >
              <Download aria-hidden="true" />
              {t("list.export")}
            </a>
          ) : null
        }
      />
      <ListFilters params={params} tariffs={tariffs} />
      <FilterChips params={params} tariffs={tariffs} />
      <AccountTable
        accounts={page.accounts}
        params={params}
        paging={{
          from: page.from,
          to: last,
          ...(!found.capped && { total: found.count }),
          ...(page.after && { nextHref: listHref(params, { after: page.after }) }),
          ...(page.before && { previousHref: listHref(params, { before: page.before }) }),
        }}
        empty={
          isNarrowed(params) ? (
            <EmptyState
              title={t("list.empty.title")}
              text={t(params.filter.query?.trim().length === 1 ? "list.empty.short" : "list.empty.text")}
            />
          ) : (
            <EmptyState title={t("list.empty.fresh")} text={t("list.empty.freshText")} />
          )
        }
      />
    </>
  );
}
