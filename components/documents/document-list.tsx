import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { DocumentTitle } from "./document-title";
import type { Draft, ListedDocument } from "./document-types";

type Props = {
  documents: readonly ListedDocument[];
  drafts: readonly Draft[];
  /** The address of a document by its slug. */
  hrefOf: (slug: string) => string;
  today: string;
};

const row = "flex items-start justify-between gap-3 px-4 py-3 hover:bg-sunken focus-visible:-outline-offset-2";

/** What is not issued yet first, then the documents, newest first; a row opens its document. */
export function DocumentList({ documents, drafts, hrefOf, today }: Props) {
  const t = useTranslations("documents");
  const locale = useLocale();
  return (
    <ol aria-label={t("list")} className="divide-y divide-line">
      {drafts.map((draft) => (
        <li key={draft.slug}>
          <Link href={hrefOf(draft.slug)} className={row}>
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <span className="font-medium">{t("draft.name")}</span>
                <StatusBadge tone="off" size="s">
                  {t("draft.badge")}
                </StatusBadge>
              </span>
              <span className="block text-small text-muted">{formatMonth(draft.month, locale)}</span>
            </span>
            <Money minor={draft.totalMinor} className="shrink-0 font-semibold text-muted" />
          </Link>
        </li>
      ))}
      {documents.map((document) => (
        <li key={document.slug}>
          <Link href={hrefOf(document.slug)} className={row}>
            <span className="min-w-0">
              <span className="block font-medium">
                <DocumentTitle kind={document.kind} number={document.number} />
              </span>
              <span className="block text-small text-muted">
                {t("dated", { day: formatDay(document.issuedOn, locale, today) })}
                {document.dueOn ? ` · ${t("due", { day: formatDay(document.dueOn, locale, today) })}` : null}
              </span>
            </span>
            <Money minor={document.totalMinor} className="shrink-0 font-semibold" />
          </Link>
        </li>
      ))}
    </ol>
  );
}
