import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { InvoiceFilters } from "@/components/billing/invoice-filters";
import { INVOICES_PATH, readInvoiceParams } from "@/components/billing/invoice-params";
import { InvoicePager, MonthActions } from "@/components/billing/invoice-steps";
import { InvoiceTable } from "@/components/billing/invoice-table";
import { InvoiceTotals } from "@/components/billing/invoice-totals";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import type { Params } from "@/components/blocks/table-url";
import { dayOf, formatMonth } from "@/components/i18n/format-date";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { readPage } from "../../_components/read-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("billing.invoices"))("title") };
}

export default async function InvoicesPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor, now, zone } = await requirePage("invoice:list");
  const today = dayOf(now(), zone);
  const params = readInvoiceParams(await searchParams, today);
  const [call, t, locale] = await Promise.all([api(), getTranslations("billing.invoices"), getLocale()]);
  const page = await readPage(call.billing.invoices(params));
  const isOver = params.month < today.slice(0, 7);
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={formatMonth(params.month, locale)}
        actions={<MonthActions params={params} isOver={isOver} mayIssue={may(actor, "invoice:issue")} />}
      />
      <BillingTabs current="invoices" />
      {page && page.totals.length > 0 ? <InvoiceTotals totals={page.totals} params={params} /> : null}
      <InvoiceFilters params={params} />
      <InvoiceTable
        documents={page?.documents ?? []}
        empty={
          page ? (
            <EmptyState title={t("empty.title")} text={t("empty.text")} />
          ) : (
            <EmptyState
              title={t("stale.title")}
              text={t("stale.text")}
              action={<Link href={INVOICES_PATH}>{t("stale.action")}</Link>}
            />
          )
        }
      />
      <InvoicePager params={params} after={page?.after ?? null} />
    </>
  );
}
