import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { BANK_PATH, bankHref, readBankParams } from "@/components/bank/bank-params";
import { CreditTable } from "@/components/bank/credit-table";
import { OwnAccountsDialog } from "@/components/bank/own-accounts-dialog";
import { UploadCard } from "@/components/bank/upload-card";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import type { Params } from "@/components/blocks/table-url";
import { formatMoney, formatNumber } from "@/components/i18n/format";
import { dayOf } from "@/components/i18n/format-date";
import { TabLinks } from "@/components/ui/tab-links";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { readPage } from "../../_components/read-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bank"))("title") };
}

export default async function BankPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor, now, zone } = await requirePage("bank:read");
  const params = readBankParams(await searchParams);
  const [call, t, locale] = await Promise.all([api(), getTranslations("bank"), getLocale()]);
  const [page, own] = await Promise.all([readPage(call.bank.credits(params)), call.bank.ownAccounts()]);
  const { unknown, matched } = page?.totals ?? { unknown: null, matched: null };
  const hasOwn = own.accounts.length > 0;
  const empty = params.state === "unknown" ? "" : "matched";
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={unknown ? t("sub", { count: unknown.count, sum: formatMoney(unknown.amountMinor, locale) }) : undefined}
        actions={may(actor, "bank:set_accounts") ? <OwnAccountsDialog facts={own} isPrimary={!hasOwn} /> : null}
      />
      <BillingTabs current="bank" />
      {may(actor, "bank:take") ? <UploadCard hasOwnAccounts={hasOwn} /> : null}
      <TabLinks
        label={t("states")}
        className="mb-3"
        items={[["unknown", unknown] as const, ["matched", matched] as const].map(([state, total]) => ({
          href: bankHref({ state }),
          label: t(`state.${state}`, { count: formatNumber(total?.count ?? 0, locale) }),
          current: state === params.state,
        }))}
      />
      <CreditTable
        page={page ?? { credits: [], after: null }}
        params={params}
        today={dayOf(now(), zone)}
        mayPlace={may(actor, "bank:place")}
        empty={
          page ? (
            <EmptyState
              title={t(empty ? "empty.matchedTitle" : "empty.title")}
              text={t(empty ? "empty.matchedText" : "empty.text")}
            />
          ) : (
            <EmptyState
              title={t("stale.title")}
              text={t("stale.text")}
              action={<Link href={BANK_PATH}>{t("stale.action")}</Link>}
            />
          )
        }
      />
    </>
  );
}
