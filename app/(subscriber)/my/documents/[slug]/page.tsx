import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DocumentPage } from "@/components/documents/document-page";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps } from "../../search-params";

type Props = PageProps & { params: Promise<{ slug: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("documents"))("title") };
}

export default async function OwnDocumentPage({ params, searchParams }: Props) {
  await requirePage("cabinet:home");
  const [{ slug }, query, caller, t] = await Promise.all([params, searchParams, api(), getTranslations("documents")]);
  const { account, document } = await orNotFound(caller.cabinet.document({ ...accountInput(query), slug }));
  return <DocumentPage document={document} back={{ href: `/my/documents?account=${account.id}`, label: t("back") }} />;
}
