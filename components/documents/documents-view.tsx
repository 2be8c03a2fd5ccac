import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";
import { ComparisonCard } from "./comparison-card";
import { DocumentList } from "./document-list";
import type { Comparison, OwnDocuments } from "./document-types";
import { PaymentRequestDialog } from "./payment-request-dialog";

/** One's documents, and above them what changed since last month. */
export function DocumentsView({ own, comparison }: { own: OwnDocuments; comparison: Comparison }) {
  const t = useTranslations("documents");
  const { account, documents, drafts, today } = own;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={<span className="num">{t("sub", { number: account.number })}</span>}
        actions={
          own.mayRequest ? (
            <ClientMessages namespaces={["documents"]}>
              <TrpcProvider>
                <PaymentRequestDialog key={account.id} accountId={account.id} recommendedMinor={own.recommendedMinor} />
              </TrpcProvider>
            </ClientMessages>
          ) : null
        }
      />
      <div className="grid gap-3">
        <ComparisonCard comparison={comparison} />
        <section className="card overflow-hidden">
          {documents.length + drafts.length > 0 ? (
            <DocumentList
              documents={documents}
              drafts={drafts}
              today={today}
              hrefOf={(slug) => `/my/documents/${slug}?account=${account.id}`}
            />
          ) : (
            <EmptyState title={t("empty.title")} text={t("empty.text")} />
          )}
        </section>
      </div>
    </>
  );
}
