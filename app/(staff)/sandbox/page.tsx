import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { CopyTable } from "@/components/sandbox/copy-table";
import { buttonStyle } from "@/components/ui/button-style";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sandbox"))("title") };
}

export default async function SandboxPage() {
  const { now, zone } = await requirePage("sandbox:use");
  const [copies, t] = await Promise.all([api().then((call) => call.sandbox.list()), getTranslations("sandbox")]);
  if (!copies) {
    return (
      <>
        <PageHeader title={t("title")} />
        <div className="card">
          <EmptyState title={t("notSetUp.title")} text={t("notSetUp.text")} />
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("title")} sub={t("sub", { count: copies.length })} />
      <CopyTable
        copies={copies}
        now={now()}
        zone={zone}
        empty={
          <EmptyState
            title={t("empty.title")}
            text={t("empty.text")}
            action={
              <Link href="/crm" className={buttonStyle({ kind: "secondary" })}>
                {t("empty.action")}
              </Link>
            }
          />
        }
      />
    </>
  );
}
