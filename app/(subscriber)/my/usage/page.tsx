import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { UsageRecordsView } from "@/components/usage/usage-records-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { type PageProps, textOf } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage.records"))("title") };
}

export default async function UsageRecordsPage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const [subscriptionId, from, to] = [query.subscription, query.from, query.to].map(textOf);
  if (!subscriptionId || !from || !to) notFound();
  return <UsageRecordsView page={await orNotFound(caller.cabinet.usage({ subscriptionId, from, to }))} />;
}
