import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import type { Params } from "@/components/blocks/table-url";
import { FaultFilters } from "@/components/usage/fault-filters";
import { readFaultParams, USAGE_PATH } from "@/components/usage/fault-params";
import { FaultTable } from "@/components/usage/fault-table";
import { RetryFaultsDialog } from "@/components/usage/retry-faults-dialog";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { readPage } from "../../_components/read-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("title") };
}

export default async function UsagePage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor, now } = await requirePage("usage:list");
  const [raw, call, t] = await Promise.all([searchParams, api(), getTranslations("usage")]);
  const params = readFaultParams(raw);
  const [page, meters, waiting] = await Promise.all([
    readPage(call.usage.faults(params)),
    call.usage.meters(),
    call.usage.faults({ limit: 1 }),
  ]);
  const total = (counts: typeof waiting.counts) => counts.reduce((sum, row) => sum + row.count, 0);
  const chosen = (page ?? waiting).counts.filter(
    (row) => (!params.reason || row.reason === params.reason) && (!params.source || row.source === params.source),
  );
  const mayMend = may(actor, "usage:mend");
  const narrowed = params.state !== "open" || params.reason !== undefined || params.source !== undefined;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("sub", { count: total(waiting.counts) })}
        actions={
          mayMend && params.state === "open" && total(chosen) > 0 ? (
            <RetryFaultsDialog params={params} count={total(chosen)} />
          ) : null
        }
      />
      {may(actor, "invoice:list") ? <BillingTabs current="usage" /> : null}
      <FaultFilters params={params} counts={(page ?? waiting).counts} />
      <FaultTable
        page={page ?? { faults: [], after: null }}
        params={params}
        meters={meters}
        now={now()}
        mayMend={mayMend}
        empty={
          page ? (
            <EmptyState
              title={t(narrowed ? "empty.otherTitle" : "empty.title")}
              text={t(narrowed ? "empty.otherText" : "empty.text")}
            />
          ) : (
            <EmptyState
              title={t("stale.title")}
              text={t("stale.text")}
              action={<Link href={USAGE_PATH}>{t("stale.action")}</Link>}
            />
          )
        }
      />
    </>
  );
}
