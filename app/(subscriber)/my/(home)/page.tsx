import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CabinetHomeView } from "@/components/cabinet/home-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { newNonce } from "../pay/request-key";
import { startTopUp } from "../pay/start-top-up";
import { accountInput, type PageProps, textOf } from "../search-params";
import { startPromise } from "./start-promise";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cabinet.home"))("title") };
}

export default async function HomePage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const home = await orNotFound(caller.cabinet.home(accountInput(query)));
  return (
    <CabinetHomeView
      home={home}
      nonce={newNonce()}
      topUp={startTopUp}
      startPromise={startPromise}
      promiseError={textOf(query.promise) ?? null}
    />
  );
}
