import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DocumentsView } from "@/components/documents/documents-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("documents"))("title") };
}

export default async function DocumentsPage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const input = accountInput(query);
  const [own, comparison] = await orNotFound(
    Promise.all([caller.cabinet.documents(input), caller.cabinet.comparison(input)]),
  );
  return <DocumentsView own={own} comparison={comparison} />;
}
