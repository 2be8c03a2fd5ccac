import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { PageHeader } from "@/components/blocks/page-header";
import type { Params } from "@/components/blocks/table-url";
import { ClientMessages } from "@/components/i18n/client-messages";
import { readShown, SHOWN, TERMINALS_PATH } from "@/components/terminals/request-params";
import { RequestTable } from "@/components/terminals/request-table";
import { AddTerminalDialog } from "@/components/terminals/terminal-dialogs";
import { TerminalTable } from "@/components/terminals/terminal-table";
import { TabLinks } from "@/components/ui/tab-links";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { env } from "@/server/env";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("terminals"))("title") };
}

export default async function TerminalsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor, now: clock } = await requirePage("terminal:read");
  const [params, call, t] = await Promise.all([searchParams, api(), getTranslations("terminals")]);
  const show = readShown(params);
  const [terminals, requests] = await Promise.all([call.terminals.list(), call.terminals.requests({ show })]);
  const now = clock();
  const mayEdit = may(actor, "terminal:edit");
  const payUrl = `${env.UZEL_PUBLIC_URL}/api/pay`;
  return (
    <ClientMessages namespaces={["terminals"]}>
      <PageHeader title={t("title")} sub={t("sub")} actions={mayEdit ? <AddTerminalDialog payUrl={payUrl} /> : null} />
      {may(actor, "invoice:list") ? <BillingTabs current="terminals" /> : null}
      <TerminalTable terminals={terminals} payUrl={payUrl} now={now} mayEdit={mayEdit} />
      <h2 className="mt-6 text-title font-semibold">{t("requests.title")}</h2>
      <TabLinks
        label={t("requests.filters")}
        className="mb-4"
        items={SHOWN.map((one) => ({
          href: one === "all" ? TERMINALS_PATH : `${TERMINALS_PATH}?show=${one}`,
          label: t(`requests.show.${one}`),
          current: one === show,
        }))}
      />
      <RequestTable requests={requests} now={now} />
    </ClientMessages>
  );
}
