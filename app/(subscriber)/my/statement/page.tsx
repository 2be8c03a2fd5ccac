import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StatementView } from "@/components/cabinet/statement-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps, textOf } from "../search-params";

const PAGE = 40;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cabinet.statement"))("title") };
}

export default async function StatementPage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const cursor = textOf(query.before);
  const statement = await orNotFound(
    caller.cabinet.operations({ ...accountInput(query), limit: PAGE, ...(cursor !== undefined && { cursor }) }),
  );
  return <StatementView statement={statement} isFirst={cursor === undefined} />;
}
