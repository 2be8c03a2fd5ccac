import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { PageHeader } from "@/components/blocks/page-header";
import { DocumentsForm } from "@/components/settings/documents-form";
import { PromisedForm } from "@/components/settings/promised-form";
import { SuspensionForm } from "@/components/settings/suspension-form";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function SettingsPage() {
  const { actor, now: clock } = await requirePage("setting:read");
  const [{ promised, suspension, documents, tariffs, vat }, t] = await Promise.all([
    api().then((call) => call.settings.read()),
    getTranslations("settings"),
  ]);
  const now = clock();
  const readOnly = may(actor, "setting:edit") ? null : t("readOnly");
  // A form begins anew with what was saved, by whomever: its key is the mark of what it shows.
  return (
    <>
      <PageHeader title={t("title")} sub={t("sub")} />
      <BillingTabs current="settings" />
      <div className="grid max-w-5xl gap-3.5">
        <PromisedForm key={promised.mark} facts={promised} tariffs={tariffs} now={now} readOnly={readOnly} />
        <SuspensionForm key={`s${suspension.mark}`} facts={suspension} now={now} readOnly={readOnly} />
        <DocumentsForm
          key={`d${documents.mark}`}
          facts={documents}
          vat={vat}
          now={now}
          readOnly={may(actor, "setting:edit_documents") ? null : t("readOnlyDocuments")}
        />
      </div>
    </>
  );
}
