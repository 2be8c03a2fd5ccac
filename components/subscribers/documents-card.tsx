import { useTranslations } from "next-intl";
import { DocumentList } from "@/components/documents/document-list";
import { Card, CardHeader } from "@/components/ui/card";
import type { DocumentFacts } from "./outputs";

const SHOWN = 6;

/** The latest documents of an account, with what is not issued yet; older ones are one press away. */
export function DocumentsCard({ accountId, facts, today }: { accountId: string; facts: DocumentFacts; today: string }) {
  const t = useTranslations("subscribers.documents");
  const timeline = useTranslations("subscribers.timeline");
  const { documents, drafts } = facts;
  const hrefOf = (slug: string) => `/crm/${accountId}/documents/${slug}`;
  const older = documents.slice(SHOWN);
  return (
    <Card className="overflow-hidden">
      <CardHeader title={t("title")} />
      {documents.length + drafts.length === 0 ? (
        <p className="px-4 pb-4 text-small text-muted">{t("none")}</p>
      ) : (
        <DocumentList documents={documents.slice(0, SHOWN)} drafts={drafts} hrefOf={hrefOf} today={today} />
      )}
      {older.length > 0 ? (
        <details className="group border-t border-line">
          <summary className="px-4 py-2.5 text-small font-medium text-muted group-open:hidden hover:text-ink focus-visible:-outline-offset-2">
            {timeline("more", { count: older.length })}
          </summary>
          <DocumentList documents={older} drafts={[]} hrefOf={hrefOf} today={today} />
        </details>
      ) : null}
    </Card>
  );
}
