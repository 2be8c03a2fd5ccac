import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import type { Params } from "@/components/blocks/table-url";
import { ProposalCard, ProposalHistory } from "@/components/catalog/proposal-card";
import { SaleActions } from "@/components/catalog/sale-actions";
import { TariffCard } from "@/components/catalog/tariff-card";
import { TariffHeader } from "@/components/catalog/tariff-header";
import { VersionList } from "@/components/catalog/version-list";
import { CardLoading } from "@/components/subscribers/card-loading";
import { buttonStyle } from "@/components/ui/button-style";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { ImpactSlot, readFrom } from "./_components/impact-slot";

type Props = { params: Promise<{ tariffId: string }>; searchParams: Promise<Params> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requirePage("catalog:read");
  const [{ tariffId }, call, locale] = await Promise.all([params, api(), getLocale()]);
  const { tariff } = await orNotFound(call.catalog.tariff({ tariffId }));
  return { title: locale === "ru" ? tariff.nameRu : tariff.nameEn };
}

export default async function TariffPage({ params, searchParams }: Props) {
  const { actor, now: clock } = await requirePage("catalog:read");
  const [{ tariffId }, query, call, t] = await Promise.all([params, searchParams, api(), getTranslations("catalog")]);
  const facts = await orNotFound(call.catalog.tariff({ tariffId }));
  const open = facts.proposals.find((proposal) => proposal.state === "proposed");
  const now = clock();
  const mayPropose = may(actor, "tariff:propose");
  return (
    <>
      <TariffHeader
        facts={facts}
        actions={
          <>
            {may(actor, "catalog:edit") ? <SaleActions facts={facts} /> : null}
            {mayPropose && !open ? (
              <Link href={`/catalog/${tariffId}/propose`} className={buttonStyle({ kind: "primary", size: "s" })}>
                {t("tariff.propose")}
              </Link>
            ) : null}
          </>
        }
      />
      <div className="grid gap-3.5">
        {open ? (
          <>
            <ProposalCard
              proposal={open}
              today={facts.today}
              now={now}
              mayDecide={may(actor, "tariff:approve")}
              mayPropose={mayPropose}
            />
            <Suspense fallback={<CardLoading rows={6} />}>
              <ImpactSlot proposal={open} path={`/catalog/${tariffId}`} from={readFrom(query)} />
            </Suspense>
          </>
        ) : null}
        <TariffCard facts={facts} />
        <VersionList facts={facts} />
        <ProposalHistory proposals={facts.proposals.filter((proposal) => proposal !== open)} now={now} />
      </div>
    </>
  );
}
