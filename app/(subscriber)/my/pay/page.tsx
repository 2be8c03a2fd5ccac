import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TopUpView } from "@/components/payments/top-up-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps, textOf } from "../search-params";
import { newNonce } from "./request-key";
import { startTopUp } from "./start-top-up";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("payments.form"))("title") };
}

export default async function TopUpPage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const home = await orNotFound(caller.cabinet.home(accountInput(query)));
  const sum = textOf(query.sum)?.slice(0, 20);
  return <TopUpView home={home} nonce={newNonce()} action={startTopUp} {...(sum !== undefined && { sum })} />;
}
