import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { ClientMessages } from "@/components/i18n/client-messages";
import { DocumentSheet } from "./document-sheet";
import type { Document } from "./document-types";
import { PrintButton } from "./print-button";

/** A document with the way back and the printer; on paper only the document is left. */
export function DocumentPage({ document, back }: { document: Document; back: { href: string; label: string } }) {
  return (
    <div className="max-w-[52rem]">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3" data-print="hide">
        <Link href={back.href} className="inline-flex items-center gap-1.5 text-small text-muted hover:text-ink">
          <ArrowLeft aria-hidden="true" className="size-4" />
          {back.label}
        </Link>
        <ClientMessages namespaces={["documents"]}>
          <PrintButton />
        </ClientMessages>
      </div>
      <DocumentSheet document={document} />
    </div>
  );
}
