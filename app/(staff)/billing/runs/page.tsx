import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { formatMonth } from "@/components/i18n/format-date";
import { OpenRunDialog } from "@/components/runs/open-run-dialog";
import { RunTable } from "@/components/runs/run-table";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { addMonths } from "@/server/kernel/day";

/** Months that a run is offered for: the present one and a year of those that are over. */
const OFFERED_MONTHS = 13;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("title") };
}

export default async function RunsPage() {
  const { actor, now } = await requirePage("run:read");
  const [{ runs, thisMonth, entities }, t, locale] = await Promise.all([
    api().then((call) => call.runs.list()),
    getTranslations("runs"),
    getLocale(),
  ]);
  const months = Array.from({ length: OFFERED_MONTHS }, (_, index) => addMonths(thisMonth, -index)).map((month) => ({
    value: month.slice(0, 7),
    label: formatMonth(month, locale),
  }));
  const open = may(actor, "run:operate") ? (
    <OpenRunDialog months={months} entities={entities.map(({ id, name }) => ({ value: id, label: name }))} />
  ) : null;
  return (
    <>
      <PageHeader title={t("title")} sub={t("sub")} actions={runs.length > 0 ? open : null} />
      <BillingTabs current="runs" />
      <RunTable
        runs={runs}
        now={now()}
        showsEntity={entities.length > 1}
        empty={<EmptyState title={t("list.empty.title")} text={t("list.empty.text")} action={open} />}
      />
    </>
  );
}
