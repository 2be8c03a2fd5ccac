import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DocumentPage } from "@/components/documents/document-page";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

type Props = { params: Promise<{ accountId: string; slug: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("documents"))("title") };
}

export default async function SubscriberDocumentPage({ params }: Props) {
  await requirePage("customer:search");
  const [{ accountId, slug }, call, t] = await Promise.all([params, api(), getTranslations("subscribers.documents")]);
  const document = await orNotFound(call.subscribers.document({ accountId, slug }));
  return <DocumentPage document={document} back={{ href: `/crm/${accountId}`, label: t("back") }} />;
}
